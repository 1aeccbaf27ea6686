// Makes the generated bindings, for whatever reads them without the bundle: the type checker, the tests, an editor.
import { ensureBindings } from './build.mjs';
import { repositoryRoot } from './sources.mjs';

await ensureBindings(repositoryRoot);
