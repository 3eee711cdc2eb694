"""A record built from the sample once for a session, for tests of what reads records."""

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from waqai.deriving.control import derive_control
from waqai.deriving.incidents import derive_incidents
from waqai.record.coding import build
from waqai.sample import sample_path
from waqai.store.opening import open_store

NAME = "سامر الحموي"
PERSON = {
    "id": "private",
    "published": "2015-11-02",
    "outlet": "جسر الميدان",
    "url": "https://example.org/private",
    "title": f"مقتل {NAME} في مهين",
    "text": f"قتل الشاب {NAME} وأصيب ثلاثة مدنيين بقصف الطيران الحربي بلدة مهين أمس الأحد، "
    f"وقال الشاهد {NAME} إن الجيش السوري قصف البلدة.",
}


@cache
def sample_record() -> str:
    """The path of the record; nothing may write to it."""
    folder = Path(mkdtemp(prefix="waqai-sample-"))
    articles = folder / "articles.jsonl"
    articles.write_text(
        sample_path("articles.jsonl").read_text(encoding="utf-8") + json.dumps(PERSON), encoding="utf-8"
    )
    path = str(folder / "sample.db")
    build(str(articles), path)
    store = open_store(path)
    derive_incidents(store)
    derive_control(store)
    store.close()
    return path
