rule x { strings: $a = "<html>" condition: $a }
