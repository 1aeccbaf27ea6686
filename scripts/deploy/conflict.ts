/**
 * How providers say that a name or an address is still taken: AWS `InvalidIPAddress.InUse`, `EntityAlreadyExists`,
 * `InvalidGroup.Duplicate`; Google `Error 409 ... alreadyExists`, `IP_IN_USE_BY_ANOTHER_RESOURCE`; CloudStack `already
 * exists`, `already in use`; BIG-IP `01020066:3 ... already exists in partition`; MAAS `already in use`, `already exists`.
 */
const taken =
  /already (exists|in use|being used|allocated|assigned|associated|taken)|alreadyexists|\bin[-_ ]use\b|\.InUse\b|IN_USE_BY|\bduplicate\b|\.Duplicate\b/i;

/** Whether an apply failed because something still holds a name or an address that what replaces it needs. */
export const isConflict = (output: string): boolean => taken.test(output);
