"""The application: the routes of the API, the pages, and what guards both."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from waqai.serving import (
    pages,
    routes_articles,
    routes_control,
    routes_docs,
    routes_lists,
    routes_map,
    routes_record,
    routes_review,
    routes_search,
    routes_session,
    routes_stats,
)
from waqai.serving.errors import add_handlers
from waqai.serving.guard import Guard
from waqai.serving.known_params import known_parameters
from waqai.serving.rights import People, admitted
from waqai.serving.served import THREADS, Served
from waqai.serving.settings import Settings

API = "/api/v1"
_ROUTERS: tuple[APIRouter, ...] = (
    routes_record.ROUTER,
    routes_lists.ROUTER,
    routes_map.ROUTER,
    routes_articles.ROUTER,
    routes_control.ROUTER,
    routes_search.ROUTER,
    routes_stats.ROUTER,
    routes_review.ROUTER,
    routes_session.ROUTER,
)


def make_app(settings: Settings) -> FastAPI:
    """The application that serves a record. Raises StoreError when it cannot be opened."""
    served = Served(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        threading.Thread(target=served.warm, daemon=True).start()
        yield
        served.close()

    app = FastAPI(
        title="Waqai",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        dependencies=[Depends(admitted), Depends(known_parameters)],
    )
    app.state.served = served
    app.state.people = People(settings)
    add_handlers(app)
    for router in _ROUTERS:
        app.include_router(router, prefix=API)
    app.include_router(routes_docs.ROUTER, prefix=API)
    app.include_router(pages.ROUTER)
    if not settings.loopback:
        app.add_middleware(GZipMiddleware, minimum_size=4000, compresslevel=3)
    app.add_middleware(Guard, settings=settings)
    return app
