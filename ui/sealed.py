"""Gradio's Blocks without files: what a client sends is values, never a path that is followed.

Gradio takes any object of a call that looks like a file (`{"path": ..., "meta": ...}`), whichever
component it is for, and copies the file that it names, or fetches the address, into a folder that
it serves. Its check of the path is off in an app that is mounted and not launched.
"""

import functools
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import gradio as gr
from pydantic import ValidationError

from translate.errors import DepecheError
from ui import refusals


class Sealed(gr.Blocks):  # type: ignore[misc]  # gradio is skipped by mypy
    """Blocks whose functions take plain values only; nothing of a call is kept in its session."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.has_launched = True  # Gradio's own check of paths, besides: it holds for results too
        self.state_session_capacity = 100  # sessions whose last results Gradio remembers

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False
    ) -> list[Any]:
        """The values for a function: checked by its components, with no file moved for them."""
        self.validate_inputs(block_fn, inputs)
        if any(is_file(value) for value in walk(inputs)):
            raise gr.Error("a call takes no files and no paths", print_exception=False)
        return [
            block.preprocess(value) for block, value in zip(block_fn.inputs, inputs, strict=True)
        ]


def _headers(given: list[Any]) -> dict[str, str]:
    requests = (value for value in given if isinstance(value, gr.Request))
    return next((dict(request.headers) for request in requests), {})


def walk(value: Any) -> Iterator[Any]:
    """A value and everything in it."""
    todo = [value]
    while todo:
        value = todo.pop()
        yield value
        todo.extend(value if isinstance(value, list) else ())
        todo.extend(value.values() if isinstance(value, dict) else ())


def is_file(value: Any) -> bool:
    """Whether Gradio may take this for a file: generous, for nothing here looks like one."""
    return isinstance(value, dict) and ("path" in value or "meta" in value)


def told(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The function with its errors as Gradio's, which its page and client show; no traceback.

    One that is given the request (`gr.Request`) says them in the language of its page.
    """

    @functools.wraps(function)
    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return await function(*args, **kwargs)
        except DepecheError as error:
            message = refusals.said(str(error), _headers([*args, *kwargs.values()]))
            raise gr.Error(message, print_exception=False) from None
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise gr.Error(f"{where}: {first['msg']}", print_exception=False) from None

    return wrapped
