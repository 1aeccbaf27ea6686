import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureFile, renderPicture } from '../../../scripts/picture/picture';
import { escapeText } from '../../../scripts/picture/svg';

const root = join(__dirname, '..', '..', '..');

describe('the picture of the reference platform', () => {
  it('is the one that belongs to the topology as it stands (npm run picture)', () => {
    expect(readFileSync(join(root, pictureFile), 'utf8')).toBe(renderPicture());
  });

  it('names every site, with both halves of what is redundant there', () => {
    const picture = renderPicture();
    for (const text of ['cage: Tokyo cage', 'bigip-a', 'bigip-b', 's1, s2, s3, s4', 'AWS Tokyo', 'live-viewers-b'])
      expect(picture).toContain(text);
  });

  it('survives names with characters that XML keeps for itself', () => {
    expect(escapeText('R&D <"lab">')).toBe('R&amp;D &lt;&quot;lab&quot;&gt;');
  });
});
