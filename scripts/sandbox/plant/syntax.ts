import type { Typed } from './typed';

/** What an expression may name. */
export type Root = 'resource' | 'data' | 'var' | 'local' | 'self';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

/** An expression of Terraform's language. */
export type Node =
  | { readonly kind: 'literal'; readonly value: Typed }
  | { readonly kind: 'template'; readonly parts: readonly Node[] }
  | { readonly kind: 'tuple'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly items: readonly (readonly [Node, Node])[] }
  /** `name` is an address without attributes: `aws_vpc.main`, `aws_ami.own` of data, the name of a variable. */
  | { readonly kind: 'reference'; readonly root: Root; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Node; readonly name: string }
  | { readonly kind: 'index'; readonly of: Node; readonly key: Node }
  /** `each` is computed for every element, which it calls `item`. */
  | { readonly kind: 'splat'; readonly of: Node; readonly each: Node }
  | { readonly kind: 'item' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly spread: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'conditional'; readonly condition: Node; readonly yes: Node; readonly no: Node };

/** The expressions that an expression is made of. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'template':
      return node.parts;
    case 'tuple':
      return node.items;
    case 'object':
      return node.items.flat();
    case 'attribute':
    case 'unary':
      return [node.of];
    case 'index':
      return [node.of, node.key];
    case 'splat':
      return [node.of, node.each];
    case 'call':
      return node.args;
    case 'binary':
      return [node.left, node.right];
    case 'conditional':
      return [node.condition, node.yes, node.no];
    default:
      return [];
  }
}

/** Calls `visit` for an expression and everything in it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const part of partsOf(node)) walk(part, visit);
}
