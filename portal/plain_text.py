"""Form values without NUL: no keyboard types one, no database keeps one, and one in a field would break the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class PlainTextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and not request.path.startswith("/api/"):
            request.POST = without_nul(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def without_nul(data: QueryDict) -> QueryDict:
    """The same values; a copy is made only where there is something to leave out."""
    if not any(NUL in value for name in data for value in [name, *data.getlist(name)]):
        return data
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for name in data:
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in data.getlist(name)])
    clean._mutable = False  # type: ignore[attr-defined]
    return clean
