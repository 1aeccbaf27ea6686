/**
 * Tests that do not apply, each with its reason. A reviewed list: a test that calls `notApplicable` with another id
 * fails, and so does a full run in which an entry here is used by no test.
 */
export const notApplicableTests: Readonly<Record<string, string>> = {
  'current-packer':
    'Debian has Packer 1.6.6 alone; WATARI_CURRENT_PACKER names a newer one whose plugins are installed',
};
