"""deployments/nginx.conf, run for a test: its addresses and files changed for those of this machine, and nothing else."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.postgres import free_port

SAMPLE = Path(__file__).parents[2] / "deployments" / "nginx.conf"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {sample}
}}
"""


class SignOn:
    """A sign-on service: it lets everybody in, or nobody. Its own page says so."""

    def __init__(self) -> None:
        self.lets_in, asked = True, self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asking = self.path.startswith("/oauth2/auth")
                self.send_response(202 if asking and asked.lets_in else 401 if asking else 200)
                self.end_headers()
                self.wfile.write(b"" if asking else b"Sign in first")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def certificate(folder: Path) -> None:
    """A key and a certificate for 127.0.0.1, valid for a day, as pathways.key and pathways.pem."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "pathways.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "pathways.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )


@contextmanager
def proxy(folder: Path, server: int, *, workers_from: str = "127.0.0.1") -> Iterator[tuple[str, str, SignOn]]:
    """The sample before a Prefect server on a port of loopback: the managers' address, the workers', the sign-on."""
    certificate(folder)
    (folder / "authorization.conf").write_text("")
    sign_on, front, door = SignOn(), free_port(), free_port()
    text = SAMPLE.read_text(encoding="utf-8")
    for pattern, there in (
        (r"127\.0\.0\.1:4200", f"127.0.0.1:{server}"),
        (r"127\.0\.0\.1:4180", f"127.0.0.1:{sign_on.server.server_port}"),
        (r"listen 443 ssl", f"listen 127.0.0.1:{front} ssl"),
        (r"listen 4443 ssl", f"listen 127.0.0.1:{door} ssl"),
        (r"/etc/ssl/certs/|/etc/ssl/private/", f"{folder}/"),
        (r"/etc/nginx/pathways-authorization\.conf", f"{folder}/authorization.conf"),
        (r"allow 10\.20\.30\.0/24", f"allow {workers_from}"),
    ):
        text, number = re.subn(pattern, there, text)
        assert number, f"the sample no longer says {pattern}"
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, sample=text))
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert program is not None
    running = subprocess.Popen(
        [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")],
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(running, front, folder)
        yield f"https://127.0.0.1:{front}", f"https://127.0.0.1:{door}", sign_on
    finally:
        running.terminate()
        running.wait()
        sign_on.server.shutdown()
        sign_on.server.server_close()


def unverified() -> ssl.SSLContext:
    """What takes the test's own certificate."""
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def _wait(running: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    import socket
    import time

    last = time.monotonic() + 30
    while True:
        assert running.poll() is None, (folder / "error.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < last, "nginx does not answer"
            time.sleep(0.1)
        else:
            return
