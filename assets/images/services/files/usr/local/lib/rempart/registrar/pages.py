"""The registrar's pages: plain HTML, readable in a text browser too."""

from datetime import datetime
from html import escape

FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 16px sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em }} td, th {{ text-align: left; padding: .2em 1em .2em 0; vertical-align: top }} .free {{ color: #166534 }} .taken {{ color: #b91c1c }}</style>
</head><body><p><a href="/">Registrar</a></p><h1>{title}</h1>{body}</body></html>
"""


def page(title, body):
    return FRAME.format(title=escape(title), body=body)


def home(domains):
    listed = "".join(f'<li><a href="/domains/{escape(name)}">{escape(name)}</a></li>' for name in domains)
    return page("Domains", search_form("") + (f"<h2>Registered domains</h2><ul>{listed}</ul>" if domains else "<p>No domain is registered yet.</p>"))


def search_form(name):
    return f'<form action="/search"><label>Check availability for a domain <input name="name" value="{escape(name)}" size="45"></label> <button>Search</button></form>'


def offers(found):
    rows = []
    for offer in [found, *found["others"]]:
        state = '<td class="free">available</td>' if offer["available"] else '<td class="taken">taken</td>'
        price = f"{offer['price']:.2f} {offer['currency']} a year" if offer["available"] else ""
        link = f'<a href="/checkout?name={escape(offer["name"])}">Select</a>' if offer["available"] else ""
        rows.append(f"<tr><td>{escape(offer['name'])}</td>{state}<td>{price}</td><td>{link}</td></tr>")
    return page("Search", f"{search_form(found['name'])}<table>{''.join(rows)}</table>")


def checkout(offer):
    return page(
        f"Register {offer['name']}",
        f"""<p>{offer['price']:.2f} {offer['currency']} a year.</p><form method="post" action="/register"><input type="hidden" name="name" value="{escape(offer['name'])}">
<p><label>Years <input name="years" value="1" size="3"></label></p><p><label>Contact: name <input name="contact" size="30"></label></p><p><label>Contact: e-mail <input name="email" size="30"></label></p>
<p><label><input type="checkbox" name="auto_renew" checked> Auto-renew</label></p><p><label><input type="checkbox" name="privacy" checked> Privacy protection</label></p><button>Register</button></form>""",
    )


def day(text):
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {moment:%B %Y, %H:%M} (UTC)"


def details(domain):
    contact = "hidden (privacy protection)" if domain["privacy"] else f"{domain['contact']['name']}, {domain['contact']['email']}"
    rows = {
        "Registered on": day(domain["registered"]), "Expires on": day(domain["expires"]), "Auto-renew": "On" if domain["auto_renew"] else "Off", "Transfer lock": "On" if domain["transfer_lock"] else "Off",
        "Status codes": ", ".join(domain["status"]), "Registrant contact": contact, "Name servers": "\n".join(domain["name_servers"]) or "none: the domain is not delegated",
        "DNSSEC status": "\n".join(["Configured", *domain["ds"]]) if domain["ds"] else "Not configured",
    }
    table = "".join(f"<tr><th>{name}</th><td>{escape(value).replace(chr(10), '<br>')}</td></tr>" for name, value in rows.items())
    form = f"""<h2>Name servers</h2><form method="post" action="/domains/{escape(domain['name'])}/name-servers"><p><textarea name="name_servers" rows="4" cols="45">{escape(chr(10).join(domain['name_servers']))}</textarea></p><button>Save</button></form>
<h2>DNSSEC</h2><form method="post" action="/domains/{escape(domain['name'])}/ds"><p><label>DS records: key tag, algorithm, digest type, digest; one a line<br><textarea name="ds" rows="2" cols="80">{escape(chr(10).join(domain['ds']))}</textarea></label></p><button>Save</button></form>"""
    return page(domain["name"], f"<table>{table}</table>{form}")
