"""The pages of the evaluation are Jinja templates that lie beside its modules."""

from pathlib import Path
from typing import Any


def rendered(name: str, /, **values: Any) -> str:
    """A template filled in; what it names and is not given is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(**values)
