rule x {
  meta:
    tlp = "amber"
}
