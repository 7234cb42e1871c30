{% load static %}// Keeps the pages of open visits, and what they are made of, for when there is no signal. The portal says which page may be
// kept (X-Keep-On-Phone); whatever else answers in its place, the page to sign in included, takes it off the phone again.
const PAGES = "tianti-visit-pages";
const PARTS = "tianti-visit-parts";
const MADE_OF = ["{% static 'portal/visit.js' %}", "{% static 'portal/tianti.css' %}", "{% static 'portal/icon.svg' %}"];

async function install() {
  const parts = await caches.open(PARTS);
  for (const old of await parts.keys()) {
    if (!MADE_OF.includes(new URL(old.url).pathname)) await parts.delete(old);
  }
  await parts.addAll(MADE_OF);
  await self.skipWaiting();
}

async function page(request) {
  const address = new URL(request.url).pathname;
  const kept = await caches.open(PAGES);
  let reply;
  try {
    reply = await fetch(request);
  } catch (error) {
    const last = await kept.match(address, { ignoreVary: true });
    if (!last) throw error;
    const words = await last.text();
    return new Response(words.replace('data-from="portal"', 'data-from="phone"'), { headers: last.headers });
  }
  if (reply.headers.get("X-Keep-On-Phone")) await kept.put(address, reply.clone());
  else if (reply.type === "opaqueredirect" || reply.redirected) await caches.delete(PAGES);
  else if (reply.status < 500) await kept.delete(address);
  return reply;
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (!kept) throw error;
    return kept;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.search === "") event.respondWith(page(request));
  else if (MADE_OF.includes(address.pathname)) event.respondWith(part(request));
});
