"""Wires the service: the only module that knows every room."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from booking_service.api import routes
from booking_service.db import db, prepare
from booking_service.desk import rooms
from booking_service.portal import caught_mail
from booking_service.portal.blueprint import blueprint
from booking_service.security import encryption, keys, redaction
from booking_service.settings import Settings
from booking_service.web import context, controls, csrf, errors, headers, health, sessions, sizes, static
from booking_service.web.languages import LanguageRoot
from theme.assets import Assets
from theme.environment import equip


def create_app(settings: Settings) -> Flask:
    """Make the application for these settings. The database is reached only when something is asked of it."""
    redaction.install()
    app = Flask("booking_service", static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_FORM_PARTS=200,
    )
    assets = Assets()
    equip(app.jinja_env, assets)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    # Only demo mode makes a missing key file; elsewhere its absence stops the start.
    ring = keys.read_or_make(settings.keys_file) if settings.demo else keys.read(settings.keys_file)
    encryption.install(ring)
    context.install(app, settings)
    sizes.install(app)
    sessions.install(app)
    csrf.install(app)
    controls.install(app)
    headers.install(app, https=settings.https)
    errors.install(app)
    static.install(app, assets)
    _open_rooms(app, settings)
    _wrap(app, settings)
    return app


def _open_rooms(app: Flask, settings: Settings) -> None:
    app.register_blueprint(blueprint())
    rooms.install(app)
    app.register_blueprint(routes.pages)
    app.register_blueprint(health.pages)
    if settings.demo:
        app.register_blueprint(caught_mail.pages)


def _wrap(app: Flask, settings: Settings) -> None:
    """Put around the routes what acts before them, innermost first."""
    site = static.Site(LanguageRoot(app.wsgi_app), settings.site_dir, https=settings.https)
    wrapped = site
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(wrapped, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    else:
        app.wsgi_app = wrapped  # type: ignore[method-assign]
