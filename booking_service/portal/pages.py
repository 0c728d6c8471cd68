"""The blueprint of all pages for patients; the `routes_…` modules hang their routes on it."""

from flask import Blueprint

from booking_service.portal.day_words import days_in, days_label

pages = Blueprint("portal", __name__)
pages.add_app_template_filter(days_label)
pages.add_app_template_filter(days_in)
