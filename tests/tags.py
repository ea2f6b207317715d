"""What a page is made of."""

from html.parser import HTMLParser


class Tags(HTMLParser):
    """Which elements there are, and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it; an attribute that runs something fails the test."""
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src"):
                self.targets.add((value or "").casefold().strip())
