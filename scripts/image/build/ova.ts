import { createReadStream, createWriteStream, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { tarEnd, tarHeader, tarPadding } from '../tar';
import { readHead, sha256Of } from './hash-file';

export interface OvaOptions {
  readonly name: string;
  readonly convert: (args: readonly string[]) => Promise<void>;
}

/** Capacity of a sparse VMDK in sectors of 512 bytes: byte 12 of its header (VMware Virtual Disk Format 1.1). */
function capacityBytes(vmdk: string): number {
  return Number(readHead(vmdk, 20).readBigUInt64LE(12)) * 512;
}

/**
 * A virtual machine for VMware in one file: descriptor, checksums and disk, in the order that DSP0243 (OVF 1.1, section 6.4)
 * asks for.
 */
export async function writeOva(disk: string, target: string, { name, convert }: OvaOptions): Promise<void> {
  const folder = dirname(target);
  const files = { ovf: `${name}.ovf`, mf: `${name}.mf`, vmdk: `${name}-disk1.vmdk` };
  const at = (file: string) => join(folder, file);
  await convert([
    'convert',
    '-O',
    'vmdk',
    '-o',
    'subformat=streamOptimized,adapter_type=lsilogic',
    disk,
    at(files.vmdk),
  ]);
  const bytes = statSync(at(files.vmdk)).size;
  writeFileSync(at(files.ovf), renderOvf(name, files.vmdk, bytes, capacityBytes(at(files.vmdk))));
  const sums = await Promise.all(
    [files.ovf, files.vmdk].map(async (file) => [file, await sha256Of(at(file))] as const),
  );
  writeFileSync(at(files.mf), sums.map(([file, sum]) => `SHA256(${file})= ${sum}\n`).join(''));
  await writeTar([files.ovf, files.mf, files.vmdk].map(at), target);
  for (const file of Object.values(files)) rmSync(at(file));
}

/** A machine that any host of the last ten years takes: LSI's SAS controller, VMware's network card, no more. */
function renderOvf(name: string, vmdk: string, bytes: number, capacity: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References>
    <File ovf:id="file1" ovf:href="${vmdk}" ovf:size="${bytes}"/>
  </References>
  <DiskSection>
    <Info>Virtual disks</Info>
    <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="${capacity}" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>
  <NetworkSection>
    <Info>Networks</Info>
    <Network ovf:name="network"><Description>The network of the machine</Description></Network>
  </NetworkSection>
  <VirtualSystem ovf:id="${name}">
    <Info>A virtual machine</Info>
    <Name>${name}</Name>
    <OperatingSystemSection ovf:id="96" vmw:osType="debian11_64Guest"><Info>Debian GNU/Linux (64-bit)</Info></OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>Hardware</Info>
      <System>
        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType>
      </System>
${hardware.map(renderItem).join('\n')}
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
`;
}

/** Elements of a hardware item, in the order of their names, as the schema asks for. */
type Item = Readonly<Record<string, string | number>>;

/** Resource types of CIM_ResourceAllocationSettingData: 3 processor, 4 memory, 6 SCSI, 10 Ethernet, 17 disk. */
const hardware: readonly Item[] = [
  { ElementName: '2 processors', InstanceID: 1, ResourceType: 3, VirtualQuantity: 2 },
  { AllocationUnits: 'byte * 2^20', ElementName: '2048 MiB', InstanceID: 2, ResourceType: 4, VirtualQuantity: 2048 },
  { Address: 0, ElementName: 'SCSI 0', InstanceID: 3, ResourceSubType: 'lsilogic', ResourceType: 6 },
  {
    AddressOnParent: 0,
    ElementName: 'Disk 1',
    HostResource: 'ovf:/disk/disk1',
    InstanceID: 4,
    Parent: 3,
    ResourceType: 17,
  },
  {
    AddressOnParent: 7,
    AutomaticAllocation: 'true',
    Connection: 'network',
    ElementName: 'Ethernet 1',
    InstanceID: 5,
    ResourceSubType: 'VmxNet3',
    ResourceType: 10,
  },
];

function renderItem(item: Item): string {
  const elements = Object.entries(item).map(([name, value]) => `<rasd:${name}>${value}</rasd:${name}>`);
  return `      <Item>${elements.join('')}</Item>`;
}

async function writeTar(files: readonly string[], target: string): Promise<void> {
  writeFileSync(target, '');
  for (const file of files) {
    const { size } = statSync(file);
    writeFileSync(target, tarHeader(basename(file), size), { flag: 'a' });
    await pipeline(createReadStream(file), createWriteStream(target, { flags: 'a' }));
    writeFileSync(target, tarPadding(size), { flag: 'a' });
  }
  writeFileSync(target, tarEnd(), { flag: 'a' });
}
