"""aiosmtpd on loopback: aiosmtpd-servers.py CERTIFICATE KEY USER PASSWORD HANDLER=PORT …; logs to stderr what goes wrong.

Handlers: login (STARTTLS; mail only for whoever logged in), lmtp (the same in LMTP), busy (421 to MAIL), full (552 to RCPT), defer (451 to RCPT).
"""

import asyncio
import logging
import ssl
import sys

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult

HERE = "ops@mail.example.test"


class Login:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address != HERE:
            return f"550 5.1.1 {address}: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"


class Busy:
    async def handle_MAIL(self, server, session, envelope, address, options):
        server.transport.write(b"421 4.3.2 Service shutting down\r\n")
        server.transport.close()
        logging.info("%r closed by the server", session.peer)
        return "421 4.3.2 Service shutting down"


class Full:
    async def handle_RCPT(self, server, session, envelope, address, options):
        return "552 5.2.2 Mailbox full"


class Defer:
    async def handle_RCPT(self, server, session, envelope, address, options):
        return "451 4.7.1 Greylisting in action, please come back later"


async def main(certificate, key, user, password, *services):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=right)

    loop = asyncio.get_running_loop()
    handlers = {"login": Login, "lmtp": Login, "busy": Busy, "full": Full, "defer": Defer}
    login = dict(tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate)
    for service in services:
        name, port = service.split("=")
        # aiosmtpd lets EHLO through before STARTTLS, and not LHLO.
        options = {"login": login, "lmtp": {**login, "require_starttls": False}}.get(name, {})
        protocol = LMTP if name == "lmtp" else SMTP
        server = lambda name=name, options=options, protocol=protocol: protocol(
            handlers[name](), hostname="mail.example.test", **options
        )
        await loop.create_server(server, "127.0.0.1", int(port))
    await asyncio.Event().wait()


logging.basicConfig(level=logging.INFO)
asyncio.run(main(*sys.argv[1:]))
