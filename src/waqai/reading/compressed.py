"""Opening files whatever they are packed in: gzip and zstd are known by their first bytes, not by their names."""

import gzip
import io
import re
import zlib
from typing import Any, BinaryIO

_GZIP = b"\x1f\x8b"
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")  # a frame, or one that is to be passed over
_PIECE = 512  # bytes fed to zstd at once; it may make 32,000 of each
BROKEN = (OSError, EOFError, zlib.error)
"""What reading a packed stream raises when it is damaged."""


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream itself, or what is packed in it."""
    head = stream.peek(4)
    if head.startswith(_GZIP):
        return io.BufferedReader(_GzipFile(stream), 1 << 16)
    if _ZSTD.match(head):
        return io.BufferedReader(_ZstdFile(stream), 1 << 16)
    return stream


def reason(error: BaseException) -> str:
    """Why a stream broke off, in words."""
    if isinstance(error, EOFError):
        return "its gzip data end too early (a broken download?)"
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "its gzip data are damaged"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read: {error.strerror}"
    return str(error) or type(error).__name__


class _GzipFile(io.RawIOBase):
    """The content of gzip members, handed on as it comes, so that what stands before damage is not lost with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=stream, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _ZstdFile(io.RawIOBase):
    """The content of one or more zstd frames; unlike the library's own reader it tells when the last one is cut off."""

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard

        self._stream = stream
        self._unpacker = zstandard.ZstdDecompressor()
        self._frame = self._unpacker.decompressobj()
        self._error = zstandard.ZstdError
        self._packed = memoryview(b"")
        self._ready = memoryview(b"")
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if not self._packed:
                self._packed = memoryview(self._stream.read(1 << 16))
            if not self._packed:
                if self._started and not self._frame.eof:
                    raise OSError("its zstd data end too early (a broken download?)")
                return 0
            self._feed()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _feed(self) -> None:
        """Unpack a little of what is packed: nothing is held twice, however much comes out of it."""
        if self._frame.eof:
            self._frame = self._unpacker.decompressobj()
        self._started = True
        piece = self._packed[:_PIECE]
        try:
            self._ready = memoryview(self._frame.decompress(piece))
        except self._error:
            raise OSError("its zstd data are damaged") from None
        used = len(piece) - (len(self._frame.unused_data) if self._frame.eof else 0)
        self._packed = self._packed[used:]
