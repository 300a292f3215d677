// Answers pages, keeps what is sent in a file, and asks another server now and then.
"use strict";
const crypto = require("crypto");
const dns = require("dns");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pages-"));
let count = 0;
const server = http.createServer((request, response) => {
  count++;
  if (request.method === "POST") {
    request.pipe(fs.createWriteStream(path.join(folder, "kept"))).on("finish", () => response.end("kept\n"));
    return;
  }
  const digest = crypto.createHash("sha256").update(request.url).digest("hex");
  fs.readFile(__filename, "utf8", (failed, text) => response.end(`${digest} ${text.length} ${count}\n`));
});
server.listen(3000);
setInterval(() => dns.lookup("nginx", () => http.get("http://nginx/", answer => answer.resume()).on("error", () => {})), 2000);
process.on("SIGTERM", () => server.close(() => process.exit(0)));
