"""Which format bytes without a telling name have."""

import re

from waqai.reading.names import TEXT_NAMES
from waqai.reading.outcome import InputFormat

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p)\b", re.IGNORECASE)
_HEADER = re.compile(rb'(?:^|[,;\t])"?(?:%s)"?(?:[,;\t]|$)' % "|".join(TEXT_NAMES).encode(), re.IGNORECASE)


def guess(head: bytes) -> InputFormat:
    """The format of a file by its first bytes; plain text when nothing else fits.

    >>> guess('{"id": "a", "text": "قصف"}'.encode())
    'jsonl'
    >>> guess("[رويترز] قصف".encode())
    'text'
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, _, rest = start.partition(b"\n")
    if start.startswith(b"{"):
        return "json" if rest and not first.rstrip().endswith(b"}") else "jsonl"
    if re.match(rb"\[\s*[{\]]", start):
        return "json"
    if start.startswith(b"<") and _HTML.search(start, 0, 2048):
        return "html"
    if _HEADER.search(first.strip()) and first.strip().isascii():
        return "tsv" if b"\t" in first else "csv"
    return "text"
