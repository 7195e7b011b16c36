"""What a check of a page found, in plain words: what is wrong, and how to mend it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk.core.fetch import FetchError, Why
from tickets.domain.installation import Finding, Verdict

Words = tuple[str | Promise, str | Promise]

VERDICTS: dict[Verdict, Words] = {
    Verdict.GOOD: (
        _("The chat is on this page."),
        _("The line is there, it belongs to this inbox, and nothing we can see stops it."),
    ),
    Verdict.STATUS: (
        _("The page answered with the error %(value)s."),
        _("Open it in a browser without signing in. We have to see what your visitors see."),
    ),
    Verdict.MOVED: (
        _("We were sent on to %(value)s."),
        _("What you read here is about that page."),
    ),
    Verdict.NO_SNIPPET: (
        _("The line of the chat is not on this page."),
        _(
            "Paste it before the end of the page, save, and empty the cache of your shop. If a tag"
            " manager puts it there, we cannot see it: look below whether it was seen live."
        ),
    ),
    Verdict.INERT: (
        _("The line is there, but in a part of the page that browsers do not run."),
        _("Move it out of noscript, template or textarea, to the end of the page."),
    ),
    Verdict.TWICE: (
        _("The line is there %(value)s times."),
        _("Only the first one counts. Remove the others, so that nobody changes the wrong one."),
    ),
    Verdict.RELATIVE: (
        _("The address in the line leads to your own site: %(value)s"),
        _("It has to be whole, with https:// and %(origin)s. Copy the line from above once more."),
    ),
    Verdict.WRONG_ORIGIN: (
        _("The line loads the chat from %(value)s."),
        _(
            "This help desk is at %(origin)s. Copy the line from above once more; if that address"
            " is wrong, whoever runs the server has to set PUBLIC_URL."
        ),
    ),
    Verdict.OLD_ADDRESS: (
        _("The line has an address that is no longer used: %(value)s"),
        _("Copy the line from above in its place."),
    ),
    Verdict.NO_INBOX: (
        _("The line does not name an inbox of ours."),
        _("It may have been cut, or the inbox deleted. Copy the line from above in its place."),
    ),
    Verdict.OTHER_INBOX: (
        _("The line belongs to another inbox: %(value)s"),
        _("If this one is meant, copy the line from above in its place."),
    ),
    Verdict.NOT_RUN: (
        _("Browsers do not run the line as it stands: type %(value)s."),
        _(
            "A cookie consent tool may hold it back until somebody agrees. The chat sets no"
            " cookies, so it may be let through; else remove the type."
        ),
    ),
    Verdict.MODULE: (
        _("The line has type=module."),
        _("Remove that. As a module it does not know where on the page it stands."),
    ),
    Verdict.NOT_ASYNC: (
        _("The line has lost the word async."),
        _("Put it back, so that your page never waits for the chat."),
    ),
    Verdict.INTEGRITY: (
        _("The line has an integrity attribute."),
        _("Remove it: the script holds your settings and changes with them."),
    ),
    Verdict.NO_TARGET: (
        _("No element of this page has the id %(value)s."),
        _("If a script of yours makes it later, all is well."),
    ),
    Verdict.CSP_SCRIPT: (
        _("Your Content-Security-Policy does not let our script in."),
        _(
            "Add %(origin)s to %(value)s, or the page’s nonce to the line if your policy works by"
            " nonces."
        ),
    ),
    Verdict.CSP_FRAME: (
        _("Your Content-Security-Policy does not let the chat’s window in."),
        _("Add %(origin)s to %(value)s."),
    ),
    Verdict.CSP_CONNECT: (
        _("Your Content-Security-Policy does not let the button ask for news."),
        _("The chat works. With %(origin)s in %(value)s it stays lighter, and can invite."),
    ),
    Verdict.SWITCHED_OFF: (
        _("This inbox is switched off."),
        _("Switch it on under General; until then pages show nothing."),
    ),
    Verdict.NOT_ALLOWED: (
        _("%(value)s is not among the websites that may show the chat."),
        _("Add it under General. With and without www are two websites."),
    ),
    Verdict.HIDDEN: (
        _("The button is hidden on this page by %(value)s."),
        _("If that is not what you want, change it under Look."),
    ),
    Verdict.MIXED: (
        _("Your page is safe (https), but the chat is loaded without (http)."),
        _(
            "Browsers block that. Whoever runs the help desk has to give it a certificate and set"
            " PUBLIC_URL to https."
        ),
    ),
    Verdict.LOCAL: (
        _("The help desk calls itself %(value)s, which only its own machine can reach."),
        _("Whoever runs it has to set PUBLIC_URL to the address that visitors can reach."),
    ),
}

WHYS: dict[Why, Words] = {
    Why.ADDRESS: (
        _("This is not an address that we can open."),
        _("Write it like https://shop.example, without a name or a password in it."),
    ),
    Why.PORT: (
        _("We only open pages at the usual ports, 80 and 443."),
        _("For a shop inside your own network, see FETCH_PRIVATE_NETWORKS in docs/settings.md."),
    ),
    Why.UNKNOWN_HOST: (
        _("There is no such website."),
        _("Look for a typing mistake. A new name may take a day until everybody knows it."),
    ),
    Why.PRIVATE: (
        _("This address leads into a private network, where we do not look."),
        _("For a shop inside your own network, see FETCH_PRIVATE_NETWORKS in docs/settings.md."),
    ),
    Why.NO_CONNECTION: (
        _("The website does not answer."),
        _("Is it running, and may this server reach it? A firewall may be in between."),
    ),
    Why.TIMEOUT: (
        _("The page did not come within ten seconds."),
        _("Try again. Visitors would not wait so long either."),
    ),
    Why.CERTIFICATE: (
        _("The website’s certificate is not valid."),
        _("Browsers would warn your visitors too. Renew it, or add the missing certificates."),
    ),
    Why.TLS: (
        _("The website does not speak https as browsers do."),
        _("Is it there with http:// only, or at another port?"),
    ),
    Why.BROKEN: (
        _("The website answered with something that is no web page."),
        _("Is there another service at this address?"),
    ),
    Why.REDIRECTS: (
        _("The page sends us on and on."),
        _("More than five times. Write the address at which it ends."),
    ),
    Why.TOO_BIG: (
        _("The page is larger than two megabytes."),
        _("Try another page of the same site with the same template."),
    ),
    Why.NOT_HTML: (
        _("This is not a web page but a file."),
        _("Write the address of a page on which the chat should be."),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`look` is "good", "hint" or "problem"; `detail` is what a machine said, in English."""

    look: str
    title: str
    mend: str
    detail: str = ""


def line_of(finding: Finding, origin: str) -> Line:
    values: dict[str, Any] = {"value": finding.value, "origin": origin}
    title, mend = VERDICTS[finding.verdict]
    look = "good" if finding.verdict == Verdict.GOOD else "hint" if finding.is_hint else "problem"
    return Line(look, str(title) % values, str(mend) % values)


def line_of_refusal(refusal: FetchError) -> Line:
    title, mend = WHYS[refusal.why]
    return Line("problem", str(title), str(mend), refusal.detail)
