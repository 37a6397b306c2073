"""`python -m deploy.simulators.dgfip`: the payment page and its web service on PARVIS_PORT."""

import sys

from deploy.simulators.dgfip.app import Dgfip, build_app
from deploy.simulators.site import run_site

sys.exit(run_site("dgfip", 8026, lambda _host: build_app(Dgfip.new())))
