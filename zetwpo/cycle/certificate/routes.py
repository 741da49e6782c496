"""The pages of a certificate, for whose it is."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs
from zetwpo.accounts.policy import CLAIM_CERTIFICATE, READ_CERTIFICATE, TAKE_BACK_OWN
from zetwpo.cycle.attendance.words import hours
from zetwpo.cycle.certificate import service
from zetwpo.cycle.certificate.queries import CertificateCard, claiming_of, find_certificate
from zetwpo.cycle.certificate.rules import names_of, number_of
from zetwpo.cycle.mine.queries import find_own_part
from zetwpo.errors import NextPage
from zetwpo.i18n import dutch_date, lazy_gettext
from zetwpo.i18n import gettext as _
from zetwpo.pdf.making import is_possible, pdf_of
from zetwpo.web import see_other

routes = Blueprint("certificate", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/certificate")
@needs(CLAIM_CERTIFICATE)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What there is to claim, or when; and what was claimed."""
    part = authorised(find_own_part(trajectory_id))
    return render_template(
        "cycle/certificate/certificate.html",
        trajectory=part.trajectory,
        found=claiming_of(part, get_actor()),
        hours=hours,
        names_of=names_of,
        number_of=number_of,
        has_pdf=is_possible(),
    )


@routes.post("/trajectories/<uuid:trajectory_id>/certificate")
@needs(CLAIM_CERTIFICATE)
def claim(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Claim it."""
    part = authorised(find_own_part(trajectory_id))
    certificate_id = service.claim(part, get_actor())
    flash(_("Your certificate is there. Print it, or keep it as a PDF."))
    return see_other(url_for(".paper", certificate_id=certificate_id))


@routes.get("/certificates/<uuid:certificate_id>")
@needs(READ_CERTIFICATE)
def paper(certificate_id: uuid.UUID) -> ResponseReturnValue:
    """The certificate as it comes on paper."""
    return _paper(authorised(find_certificate(certificate_id)))


@routes.get("/certificates/<uuid:certificate_id>/certificate.pdf")
@gives_file(on="certificate.paper")
@needs(READ_CERTIFICATE)
def pdf(certificate_id: uuid.UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    certificate = authorised(find_certificate(certificate_id))
    name = _("certificate-%(day)s", day=dutch_date(certificate.claimed_at)) + ".pdf"
    print_page = NextPage(
        "certificate.paper", lazy_gettext("To the print page"), {"certificate_id": certificate_id}
    )
    return pdf_of(_paper(certificate), name, print_page, certificate.owner_id)


@routes.get("/certificates/<uuid:certificate_id>/withdraw")
@needs(TAKE_BACK_OWN)
def ask_withdraw(certificate_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more."""
    certificate = authorised(find_certificate(certificate_id))
    return render_template("cycle/certificate/withdraw.html", certificate=certificate)


@routes.post("/certificates/<uuid:certificate_id>/withdraw")
@needs(TAKE_BACK_OWN)
def withdraw(certificate_id: uuid.UUID) -> ResponseReturnValue:
    """Delete it for good."""
    certificate = authorised(find_certificate(certificate_id))
    service.withdraw(certificate)
    flash(_("Your certificate is deleted here. What you printed or sent stays where it is."))
    if certificate.trajectory_id is None:
        return see_other(url_for("home.start"))
    return see_other(url_for(".show", trajectory_id=certificate.trajectory_id))


def _paper(certificate: CertificateCard) -> str:
    return render_template(
        "cycle/certificate/paper.html",
        certificate=certificate,
        stated=certificate.statement,
        leaders=names_of(certificate.statement.leaders),
        number=number_of(certificate.id),
        hours=hours,
        has_pdf=is_possible(),
    )
