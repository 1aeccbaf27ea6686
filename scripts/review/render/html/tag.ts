import { element } from '../../../map/xml';

/** An element of HTML, which unlike one of XML has an end where there is nothing in it. The content is markup. */
export function tag(name: string, attributes: Parameters<typeof element>[1], content: string): string {
  const written = element(name, attributes, content);
  return content === '' ? written.replace(/\/>$/, `></${name}>`) : written;
}
