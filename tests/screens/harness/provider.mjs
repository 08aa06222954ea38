// A provider of OpenID Connect on this machine, by a certified library. It asks nobody for anything: who comes there chooses who to be,
// and how strongly. It answers at 127.0.0.1, which to a browser is another site than localhost.

import { createHmac, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

export const strong = "urn:example:two-factors";
export const weak = "urn:example:password";
const client = { client_id: "helhet", client_secret: "a secret between the two of them" };

/** The files by which a hub is told of the provider at this port: gives the one to be named. */
export function fileFor(town, port) {
  town.file("provider.secret", `${client.client_secret}\n`);
  const issuer = `http://127.0.0.1:${port}`;
  const told = { name: "BankID", issuer, client_id: client.client_id, client_secret_file: "provider.secret", acr_values: [strong] };
  return town.file("provider.json", JSON.stringify(told));
}

const page = (links) =>
  `<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,">${links.map(([to, label]) => `<p><a href="${to}">${label}</a></p>`).join("")}`;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** What somebody between the two would make of a token, to be kari. */
const toBeKari = (body) => encode({ ...JSON.parse(Buffer.from(body, "base64url")), sub: "kari", acr: strong });

/** Tokens that nobody may believe, each made of a true one: altered, signed by nobody, signed by what the hub knows too. */
export const forgeries = {
  altered: ([head, body, signature]) => [head, toBeKari(body), signature],
  unsigned: ([, body]) => [encode({ alg: "none" }), toBeKari(body), ""],
  bySecret: ([, body]) => {
    const signed = `${encode({ alg: "HS256" })}.${toBeKari(body)}`;
    return [...signed.split("."), createHmac("sha256", client.client_secret).update(signed).digest("base64url")];
  },
};

/** Starts it, for a hub at `address`; gives what ends it, and what makes it forge its tokens. */
export async function provide(port, address) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ ...client, redirect_uris: [`${address}/login/elsewhere/back`], grant_types: ["authorization_code"], response_types: ["code"] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", kid: "one", alg: "RS256" }] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ["of the provider"] },
    acrValues: [strong, weak],
    scopes: ["openid"],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/choose/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    // Whoever is there has agreed already.
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  let forge;
  provider.use(async (context, next) => {
    await next();
    const token = context.path === "/token" && context.body?.id_token;
    if (token && forge) context.body = { ...context.body, id_token: forge(token.split(".")).join(".") };
  });
  const answer = provider.callback();
  const server = createServer(async (request, response) => {
    const [, where, uid, account, acr] = decodeURIComponent(request.url).split("/");
    if (where === "letter") return response.end(page([[`${address}/settings`, "A link in a letter"]]));
    if (where !== "choose") return answer(request, response);
    if (account === "nobody") {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    if (account) return provider.interactionFinished(request, response, { login: { accountId: account, acr } });
    const choices = ["kari", "ola"].flatMap((name) => [strong, weak].map((how) => [`/choose/${uid}/${name}/${how}`, `${name} by ${how}`]));
    response.end(page([...choices, [`/choose/${uid}/nobody`, "Cancel"]]));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { stop, forgeBy: (how) => (forge = how) };
}
