"""`python -m deploy.simulators.partner`: the sample site on PARVIS_PORT."""

import sys

from deploy.simulators.partner.app import Partner, build_app
from deploy.simulators.site import run_site

sys.exit(run_site("partner", 8027, lambda _host: build_app(Partner())))
