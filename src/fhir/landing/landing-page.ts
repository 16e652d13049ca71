const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** The page that a person sees who opens the address of the facade in a browser: what it is, where things are, whom to ask. */
export function landingPage(baseUrl: string, softwareVersion: string): string {
  const base = escaped(baseUrl);
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hemgång</title>
<style>body { font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }</style>
</head>
<body>
<h1>Hemgång</h1>
<p>Hemgång är ett nav mellan sjukhus, öppenvård och kommuner för dagarna kring en utskrivning från sjukhus. Här finns inget att logga in i:
journalsystem och verksamhetssystem använder adressen nedan, och personalen arbetar i sina egna system.</p>
<h2>Adresser</h2>
<dl>
<dt>Gränssnittet (FHIR R4)</dt>
<dd><code>${base}</code></dd>
<dt>Vad gränssnittet kan</dt>
<dd><a href="${base}/metadata?_format=json&amp;_pretty=true">${base}/metadata</a></dd>
</dl>
<p>Allt utom denna sida och beskrivningen av vad gränssnittet kan kräver en åtkomstbiljett från en utfärdare som regionen har godkänt. Fråga den som förvaltar
Hemgång i din region hur ett system ansluts.</p>
<p><small>Version ${escaped(softwareVersion)}</small></p>
</body>
</html>
`;
}
