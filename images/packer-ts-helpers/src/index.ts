export {
  type Limits,
  type PostProcessor,
  type PostProcessorAttributes,
  type PostProcessorOptions,
  type PostProcessorType,
  type Provisioner,
  type ProvisionerAttributes,
  type ProvisionerOptions,
  type ProvisionerType,
  type Source,
  type SourceAttributes,
  type SourceType,
  postProcessor,
  provisioner,
  source,
} from './component';
export { type Value, type ValueType, Expression, escape, hcl, text } from './expression';
export { type VariableDeclaration, Local, Variable, build, local, variable } from './inputs';
export { type TemplateProblem, TemplateError } from './problem';
export { buildFile, pluginsFile, render } from './render';
export type { Target } from './schema';
export type { Build, Plugin, RenderOptions, Template } from './template';
export { write } from './write';
