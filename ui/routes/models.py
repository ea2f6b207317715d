"""The routes of the models, below /desk/models: seen by everybody, changed by administrators."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from pydantic import BaseModel, Field

from ui.choices import Menu
from ui.models import Models
from ui.options import Options
from ui.routes.asked import TheMenu, TheModels, TheOptions

#: What a proxy adds to a request: it comes from another machine then.
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")

Name = Annotated[str, Body(embed=True, min_length=1, max_length=200)]


class NewModel(BaseModel, extra="forbid"):
    """A model to be added: an id of the hub, or a folder or file of this machine."""

    source: str = Field(min_length=1, max_length=1_000)
    name: str = Field(default="", max_length=200)


router = APIRouter(prefix="/desk/models", include_in_schema=False)


def may_change(request: Request, options: Options) -> bool:
    """Whether a request comes from an administrator.

    That is a user of `--admin`; on a desk without users, whoever sits at this machine.
    """
    if options.users:
        return request.scope.get("depeche_user", "") in options.admins
    return options.is_own and not any(name in request.headers for name in _OF_PROXIES)


async def _administrator(request: Request, options: TheOptions) -> None:
    if not may_change(request, options):
        raise HTTPException(
            403,
            "only an administrator changes the models of this desk: a user of --admin, or "
            "whoever opens a desk without users on its own machine",
        )


_ADMIN = [Depends(_administrator)]


def _as_seen(request: Request, models: Models, menu: Menu, options: Options) -> dict[str, Any]:
    return {
        **models.seen(),
        "may_change": may_change(request, options),
        "may_name_folders": options.is_own,
        "offered": list(menu.models),
    }


async def _seen(
    request: Request, models: TheModels, menu: TheMenu, options: TheOptions
) -> Callable[[], dict[str, Any]]:
    return partial(_as_seen, request, models, menu, options)


#: The models as they are when it is called; `offered` is what an article may ask for.
Seen = Annotated[Callable[[], dict[str, Any]], Depends(_seen)]


@router.get("")
def listed(seen: Seen) -> dict[str, Any]:
    """The models."""
    return seen()


@router.post("", dependencies=_ADMIN)
def add(models: TheModels, options: TheOptions, seen: Seen, new: NewModel) -> dict[str, Any]:
    """Add one; it comes in the background."""
    models.add(new.source.strip(), new.name.strip(), folders=options.is_own)
    return seen()


@router.post("/check", dependencies=_ADMIN)
def check(models: TheModels, seen: Seen, name: Name) -> dict[str, Any]:
    """Check what a model can do, in the background."""
    models.check(name)
    return seen()


@router.post("/stop", dependencies=_ADMIN)
def stop(models: TheModels, seen: Seen) -> dict[str, Any]:
    """Stop what goes on in the background."""
    models.stop()
    return seen()


@router.post("/default", dependencies=_ADMIN)
def choose(models: TheModels, seen: Seen, name: Name) -> dict[str, Any]:
    """Make a model the usual one."""
    models.choose(name)
    return seen()


@router.delete("", dependencies=_ADMIN)
def remove(models: TheModels, seen: Seen, name: str) -> dict[str, Any]:
    """Remove a model."""
    models.remove(name)
    return seen()
