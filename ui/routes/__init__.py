"""The addresses of the desk, a module for what each is about; `asked` is what they are given."""

from fastapi import APIRouter

from ui.routes import api, articles, models, page, rows, terms

ROUTERS: tuple[APIRouter, ...] = (
    api.router,
    page.router,
    terms.router,
    articles.router,
    rows.router,
    models.router,
)
