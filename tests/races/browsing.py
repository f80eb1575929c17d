"""A browser made of sockets: signs in, fills forms in, and can be cut off at any moment."""

import contextlib
import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

ENDED = (OSError, http.client.HTTPException)


@dataclass
class Answer:
    status: int
    text: str
    url: str


class Forms(HTMLParser):
    """The forms of a page as a browser would send them, without the buttons."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.area, self.select, self.chosen = [], None, None, False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        name, kind = facts.get("name"), facts.get("type")
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and kind not in {"submit", "file"}:
            if kind not in {"checkbox", "radio"} or "checked" in facts:
                self.put(name, facts.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.put(name, "")
        elif tag == "select":
            self.select, self.chosen = name, False
        elif tag == "option" and self.select:
            first = self.select not in self.forms[-1]
            if first or ("selected" in facts and not self.chosen):
                self.chosen = "selected" in facts
                self.put(self.select, facts.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            text = self.forms[-1][self.area] if self.area else ""
            self.put(self.area, text.removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.put(self.area, self.forms[-1][self.area] + data)

    def put(self, name, value):
        if self.forms:
            self.forms[-1][name] = value


def form_with(html, name):
    return next(form for form in Forms(html).forms if name in form)


@dataclass
class Browser:
    port: int
    cookies: dict = field(default_factory=dict)

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, fields, cut="", after=0.0):
        """What the server answered, or None where the line was cut.

        Cut "sending", half of it is sent; cut "reading", all of it, and nobody waits
        for the answer longer than `after` seconds.
        """
        body = urlencode({n: text.replace("\n", "\r\n") for n, text in fields.items()})
        return self.send("POST", path, body.encode(), cut, after)

    def send(self, method, path, body=b"", cut="", after=0.0):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(line):
            try:
                self.ask(line, method, path, body, cut)
                if cut:
                    time.sleep(after)
                    return None
                return self.read(line.getresponse())
            except ENDED:
                return None

    def ask(self, line, method, path, body, cut):
        line.putrequest(method, path)
        line.putheader("Cookie", "; ".join(f"{n}={v}" for n, v in self.cookies.items()))
        if method == "POST":
            line.putheader("Content-Type", "application/x-www-form-urlencoded")
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body[: len(body) * 2 // 3] if cut == "sending" else body)

    def read(self, response):
        text = response.read().decode()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {n: m.value for n, m in SimpleCookie(header).items()}
        url = urlsplit(response.headers.get("Location", ""))
        return Answer(response.status, text, url.path)

    def sign_in(self, path, username, password):
        form = form_with(self.get(path).text, "password")
        answer = self.post(path, form | {"login": username, "password": password})
        assert answer.status == 302, answer.text
