"""Heavy work can be ended, and there is never too much of it."""

import asyncio
import json
import os
import time
from collections.abc import Awaitable
from typing import Any, TypeVar

import psutil
import pytest

from translate.errors import InputError
from ui.answers import LeftError, while_there
from ui.lane import BusyError, Lane, in_process

T = TypeVar("T")


def lane(**changed: Any) -> Lane:
    return Lane(**{"at_once": 2, "waiting": 3, "seconds": 30.0, **changed})


OTHERS: set[int] = set()  # processes of other tests that have not ended yet


@pytest.fixture(autouse=True)
def apart_from_others() -> None:
    OTHERS.clear()
    OTHERS.update(child.pid for child in psutil.Process().children())


def children() -> int:
    return len({child.pid for child in psutil.Process().children()} - OTHERS)


async def in_time(work: Awaitable[T], seconds: float = 60) -> T:
    return await asyncio.wait_for(work, seconds)


def test_the_value_and_the_error_of_a_function_come_back() -> None:
    async def both() -> int:
        with pytest.raises(ValueError, match="invalid literal"):
            await in_process(int, "x")
        return await in_process(int, "42")

    assert asyncio.run(both()) == 42


def test_what_holds_the_interpreter_is_ended_at_its_limit() -> None:
    async def spin() -> int:
        slow = lane(seconds=3.0)
        await lane().run(len, "warm")
        work = asyncio.ensure_future(slow.run(sum, range(10**13)))
        turns = 0
        while not work.done():
            await asyncio.sleep(0.01)
            turns += 1
        with pytest.raises(InputError, match="longer than 3 seconds and was stopped"):
            work.result()
        assert children() == 0
        return turns

    assert asyncio.run(in_time(spin())) > 20  # of 300 at most: nobody else waited for it


@pytest.mark.parametrize(
    ("function", "argument", "message"),
    [
        (bytes, 64 * 2**30, "too much memory"),
        (os._exit, 1, "too much memory"),
        (json.loads, "[" * 100_000, "nested too deeply"),
    ],
)
def test_what_breaks_a_process_breaks_nothing_else(
    function: Any, argument: Any, message: str
) -> None:
    async def broken() -> None:
        with pytest.raises(InputError, match=message):
            await lane().run(function, argument)
        assert await lane().run(len, "abc") == 3

    asyncio.run(in_time(broken()))


def test_a_full_lane_says_so_and_is_free_again_when_they_left() -> None:
    async def crowd() -> None:
        narrow = lane(at_once=1, waiting=2)
        inside = [asyncio.ensure_future(narrow.run(time.sleep, 100)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="come again"):
            await narrow.run(len, "abc")
        for one in inside:
            one.cancel()
        await asyncio.gather(*inside, return_exceptions=True)
        assert await narrow.run(len, "abc") == 3

    asyncio.run(in_time(crowd()))


class Leaving:
    """A request whose client leaves after a while."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def receive(self) -> dict[str, str]:
        await asyncio.sleep(self.seconds)
        return {"type": "http.disconnect"}


def test_the_work_of_a_client_that_left_is_ended() -> None:
    async def left() -> None:
        with pytest.raises(LeftError):
            await while_there(Leaving(1.0), lane().run(time.sleep, 100))  # type: ignore[arg-type]
        assert children() == 0
        assert await while_there(Leaving(60), lane().run(len, "abc")) == 3  # type: ignore[arg-type]

    asyncio.run(in_time(left()))
