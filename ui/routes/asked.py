"""What a route is given: the desk and its parts, who asks, and what the address names."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path, Query, Request

from ui.choices import Menu
from ui.desk import Desk
from ui.models import Models
from ui.options import Options
from ui.records import Job, Row

#: SQLite's integers end; so do the rows of any article.
Position = Annotated[int, Path(ge=0, lt=2**31)]
#: Columns or fields of a file; again for more.
Parts = Annotated[tuple[str, ...], Query(max_length=20)]


# Not asynchronous, each of these would wait for a thread of the routes.
async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _menu(request: Request) -> Menu:
    menu: Menu = request.app.state.menu
    return menu


async def _models(request: Request) -> Models:
    models: Models = request.app.state.models
    return models


async def _options(request: Request) -> Options:
    options: Options = request.app.state.options
    return options


async def _browser(request: Request) -> str:
    return str(request.scope["depeche_browser"])


async def _user(request: Request) -> str:
    return str(request.scope.get("depeche_user", ""))


TheDesk = Annotated[Desk, Depends(_desk)]
TheMenu = Annotated[Menu, Depends(_menu)]
TheModels = Annotated[Models, Depends(_models)]
TheOptions = Annotated[Options, Depends(_options)]
#: Whose articles are seen.
Browser = Annotated[str, Depends(_browser)]
#: Who wrote something, where the desk has users.
User = Annotated[str, Depends(_user)]


def article(desk: TheDesk, job_id: str, browser: Browser) -> Job:
    """An article of this browser; 404 where there is none."""
    job = desk.open(job_id, browser)
    if job is None:
        raise HTTPException(404, "there is no such article in this browser")
    return job


#: The article that the address names.
TheArticle = Annotated[Job, Depends(article)]


def there(row: Row | None) -> Row:
    """The row; 404 where there is none."""
    if row is None:
        raise HTTPException(404, "there is no such segment, or it is not translated yet")
    return row
