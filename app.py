"""The WSGI application, for a server that imports it: `waitress-serve app:app`."""

from zetwpo.application import create_app

app = create_app()
