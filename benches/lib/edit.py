"""An edit as a writer makes it: one entry's text has a sentence more, for as long as it lasts."""


class edited:
    def __init__(self, dossier):
        self.path = sorted((dossier / "content" / "incidents").glob("*.md"))[0]

    def __enter__(self):
        self.text = self.path.read_text()
        head, body = self.text.split("\n---\n", 1)
        self.path.write_text(f"{head}\n---\nOne sentence was put before it. {body}")

    def __exit__(self, *_):
        self.path.write_text(self.text)
