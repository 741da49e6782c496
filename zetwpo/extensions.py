"""The Flask extensions, made once and bound to an application in application.py."""

from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

compress = Compress()
csrf = CSRFProtect()
db = SQLAlchemy()
limiter = Limiter(get_remote_address, storage_uri="memory://")
mail = Mail()
migrate = Migrate()
