"""security.txt says until when it holds, and is renewed before that day."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

RULE = Rule(
    "security-expires",
    Severity.WARNING,
    "The security contact is confirmed from time to time.",
    "/.well-known/security.txt must say until when it holds (RFC 9116), and whoever reports a hole does "
    "not trust one that is out of date. The build does not know whether the address still reaches "
    "somebody: set `security_expires` to a day at most a year ahead, and again before it is over. A "
    "warning, also with --strict; without the day it is an error, for no file can be written.",
    lenient=True,
)
_FILE = "content/site.yaml"
_HINT = "see that the contact still reaches somebody, then set `security_expires` to a day at most a year ahead"


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Look for the day, and whether it is over."""
    config, today = subject.site.config, subject.site.today
    if config.security_contact is None:
        return
    if config.security_expires is None:
        message = "the security contact has no `security_expires`"
        place = Place(_FILE, ("security_contact",))
        yield Problem(RULE.id, Severity.ERROR, place, message, _HINT)
    elif config.security_expires <= today:
        message = f"security.txt is out of date since {config.security_expires}"
        yield problem(RULE, Place(_FILE, ("security_expires",)), message, _HINT)
