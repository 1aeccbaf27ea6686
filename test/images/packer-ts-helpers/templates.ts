import {
  type Build,
  render,
  type Source,
  type Target,
  type Template,
  TemplateError,
} from '../../../images/packer-ts-helpers/src';
import { command } from './examples';

/** A template with one build of one source. */
export function templateOf(source: Source, build: Partial<Build> = {}): Template {
  return { builds: [{ name: 'edge', sources: [source], ...build }] };
}

/** What is wrong with a template, a line each; nothing where it renders. */
export function problemsOf(template: Template, target: Target = '1.6.6'): string[] {
  try {
    render(template, { target, command });
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return error.message.split('\n');
    throw error;
  }
}
