// Print what graphql-http's audit says of a server. Ends with 1 for any error or warning.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
const must = { ok: 0, all: 0 };
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  counts[result.status] += 1;
  if (audit.name.startsWith("MUST")) {
    must.all += 1;
    must.ok += result.status === "ok" ? 1 : 0;
  }
  if (result.status !== "ok") console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(`MUST ${must.ok}/${must.all}`, JSON.stringify(counts));
process.exit(counts.warn || counts.error || must.ok < must.all ? 1 : 0);
