"""The built-in rules: one folder a stage, one file a rule.

In a wheel the stage folders lie beside this file. In a checkout they lie in `rules/` at the top, and this package
looks for them there.
"""

import os

if not os.path.isdir(os.path.join(__path__[0], "register")):
    __path__[:] = [os.path.normpath(os.path.join(__path__[0], "..", "..", "rules"))]
