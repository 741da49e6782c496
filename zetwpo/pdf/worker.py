"""The program that makes a PDF of one page: HTML comes in, the PDF goes out.

The only place that knows WeasyPrint. A process of its own, as a long PDF takes seconds of a
processor and a lot of memory, and as it reads somebody's words: it has no database, no settings of
the server, and fetches nothing.
"""

import logging
import resource
import sys
from typing import Any, NoReturn

from weasyprint import HTML
from weasyprint.urls import URLFetcher

# Bytes of memory, and seconds of a processor: whoever waited is gone by then.
MOST_MEMORY, MOST_SECONDS = 1024**3, 60
# Tagged and with a title, so that a screen reader reads it: PDF/UA.
VARIANT = "pdf/ua-1"


class FetchNothing(URLFetcher):
    """A print page has its style and its drawings in itself."""

    def fetch(self, _address: str, *_rest: Any, **_more: Any) -> NoReturn:
        """Refuse it; the PDF is made without."""
        raise ValueError("a print page fetches nothing")


def main() -> None:
    """Make one PDF."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    # What it thinks of our style sheet helps nobody, and could quote the page.
    logging.disable()
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=FetchNothing())
    sys.stdout.buffer.write(page.write_pdf(pdf_variant=VARIANT))


if __name__ == "__main__":
    main()
