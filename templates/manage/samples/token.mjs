import { createHmac } from "node:crypto";

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** `customer`: `sub` (your own id of him, a string), and if you like `name`, `email`, `phone`,
 *  `language`, `attributes`. Only ever on your server, for a customer who is signed in. */
export function helpdeskToken(customer) {
  const header = encode({ alg: "HS256", typ: "JWT", kid: "{{ kid }}" });
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = encode({ ...customer, aud: "{{ inbox }}", exp });
  const hmac = createHmac("sha256", process.env.HELPDESK_SECRET);
  return `${header}.${claims}.${hmac.update(`${header}.${claims}`).digest("base64url")}`;
}
