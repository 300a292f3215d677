#!/bin/sh
# As "npm start" does: a Node program has a shell start the server.
set -e
cd /quiet
exec node -e 'require("child_process").spawn("sh", ["-c", "node page-server.js"], {stdio: "inherit"}).on("exit", code => process.exit(code))'
