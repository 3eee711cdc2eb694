"""`waqai serve`: it names its address, answers there, and lets no other machine in unasked."""

import asyncio
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sample_record import sample_record
from waqai.cli.main import main
from waqai.cli.serve import _listening
from waqai.serving.settings import Settings

WAQAI = str(Path(sys.executable).parent / "waqai")


def test_the_address_that_is_named_answers_until_it_is_stopped() -> None:
    process = subprocess.Popen(
        [WAQAI, "serve", "--db", sample_record(), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = next(word for word in process.stdout.readline().split() if word.startswith("http://"))
        with urllib.request.urlopen(f"{address}api/v1/record", timeout=20) as answer:
            assert b'"incidents"' in answer.read()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors
    finally:
        process.kill()


def test_other_machines_are_not_let_in_without_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--db", sample_record(), "--host", "0.0.0.0"]) == 2
    said = capsys.readouterr().err
    assert "accounts" in said and "--public" in said and said.count("\n") == 1


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--db", sample_record(), "--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--db", "no-such.db"], ["--db", "x.db", "--port", "99999"], ["--db", ""]])
def test_what_cannot_be_served_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_answer_does_not_wait_for_the_receiver_of_its_head() -> None:
    """The head and the body are sent apart: without TCP_NODELAY the body waits 40 ms for the word that the head has come."""

    async def delay_is_off() -> bool:
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            taken = writer.get_extra_info("socket")
            told.set_result(bool(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        with _listening(Settings("record.db", port=0)) as listening:
            async with await asyncio.start_server(met, sock=listening):
                _, writer = await asyncio.open_connection(*listening.getsockname())
                found = await told
                writer.close()
        return found

    with ThreadPoolExecutor(1) as apart:  # a browser that was driven before leaves a loop running in this thread
        assert apart.submit(lambda: asyncio.run(delay_is_off())).result()
