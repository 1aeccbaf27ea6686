import { parseGoSpecs, parseImports } from '../../../images/packer-ts-helpers/generate/go-spec';
import { mergeReleases } from '../../../images/packer-ts-helpers/generate/merge';

const code = `package qemu

import (
	"github.com/hashicorp/hcl/v2/hcldec"
	awscommon "github.com/hashicorp/packer-plugin-amazon/common"
)

func (*FlatConfig) HCL2Spec() map[string]hcldec.Spec {
	s := map[string]hcldec.Spec{
		"packer_debug": &hcldec.AttrSpec{Name: "packer_debug", Type: cty.Bool, Required: false},
		"qemuargs":     &hcldec.AttrSpec{Name: "qemuargs", Type: cty.List(cty.List(cty.String)), Required: false},
		"polling":      &hcldec.BlockSpec{TypeName: "polling", Nested: hcldec.ObjectSpec((*awscommon.FlatPolling)(nil).HCL2Spec())},
		"tag":          &hcldec.BlockListSpec{TypeName: "tag", Nested: hcldec.ObjectSpec((*FlatTag)(nil).HCL2Spec())},
	}
	return s
}

func (*FlatTag) HCL2Spec() map[string]hcldec.Spec {
	s := map[string]hcldec.Spec{
		"key": &hcldec.AttrSpec{Name: "key", Type: cty.String, Required: false},
	}
	return s
}
`;

describe('what Packer says of its attributes', () => {
  it('is read from its generated Go, struct by struct', () => {
    expect(parseGoSpecs(code)).toEqual({
      Config: {
        packer_debug: { type: 'bool' },
        qemuargs: { type: 'list(list(string))' },
        polling: { block: { package: 'awscommon', struct: 'Polling' }, many: false },
        tag: { block: { struct: 'Tag' }, many: true },
      },
      Tag: { key: { type: 'string' } },
    });
  });

  it('is not guessed where a type is new', () => {
    expect(() => parseGoSpecs(code.replace('cty.Bool', 'cty.Set(cty.Bool)'))).toThrow(
      'Config.packer_debug: unknown type cty.Set(cty.Bool)',
    );
  });

  it('names packages by their alias', () => {
    expect(parseImports(code)).toEqual({
      hcldec: 'github.com/hashicorp/hcl/v2/hcldec',
      awscommon: 'github.com/hashicorp/packer-plugin-amazon/common',
    });
  });

  it('is merged: what one release alone knows is marked, plumbing left out', () => {
    const old = {
      attributes: { packer_debug: { type: 'bool' }, a: { type: 'string' }, b: { type: 'string' } },
      blocks: {},
    };
    const current = { attributes: { a: { type: 'string' }, c: { type: 'number' } }, blocks: {} };
    expect(mergeReleases(old, current).attributes).toEqual({
      a: { type: 'string' },
      b: { type: 'string', only: '1.6.6' },
      c: { type: 'number', only: 'current' },
    });
  });

  it('may not change its type from one release to the other', () => {
    const release = (type: string) => ({ attributes: { a: { type } }, blocks: {} });
    expect(() => mergeReleases(release('string'), release('number'))).toThrow('.a: {"type":"string"} became');
  });
});
