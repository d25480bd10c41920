const soap = "http://www.w3.org/2003/05/soap-envelope";
const addressing = "http://www.w3.org/2005/08/addressing";

/** An envelope with these header blocks. */
export function envelope(header: string, body = "", namespace = soap): string {
  return `<s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** The header block by which a SOAP session is named. */
export function serviceGroup(id: string): string {
  return `<a:ServiceGroupId xmlns:a="http://ws.apache.org/namespaces/axis2">${id}</a:ServiceGroupId>`;
}

/** The header block by which a client names itself. */
export function soapClientId(id: string): string {
  return `<c:ClientID xmlns:c="http://ws.apache.org/ns/synapse">${id}</c:ClientID>`;
}

/** An answer that gives out a SOAP session. */
export function sessionEnvelope(body: string, id: string): string {
  const parameters = `<w:ReferenceParameters>${serviceGroup(id)}</w:ReferenceParameters>`;
  return envelope(`<w:ReplyTo xmlns:w="${addressing}">${parameters}</w:ReplyTo>`, body);
}
