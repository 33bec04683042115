import type { TopologyBox, TopologyNode } from "../model/topology.ts";
import type { PlacedBox, PlacedNode, Rectangle } from "./layoutTypes.ts";
import { sizes } from "./layoutTypes.ts";
import { placeCluster, type MeasuredCluster } from "./clusterLayout.ts";
import { labelWidth, monoWidth, sansWidth } from "./measureLabel.ts";
import { clusterGap, measureSubnet, nodeOffset, type SubnetContent } from "./subnetLayout.ts";

interface Cell {
  readonly content: SubnetContent;
  readonly column: number;
  readonly row: number;
  readonly isPublic: boolean;
}
interface Zone {
  readonly name: string;
  readonly box: TopologyBox | undefined;
  readonly firstColumn: number;
  readonly columnCount: number;
}
/** One VPC measured on its own, before its rows are lined up with those of its neighbours. */
export interface MeasuredVpc {
  readonly box: TopologyBox;
  readonly cells: readonly Cell[];
  readonly zones: readonly Zone[];
  readonly columnWidths: readonly number[];
  readonly width: number;
}
/** Heights shared by the VPCs of one line, so that public subnets stand beside public ones. */
export interface Bands {
  readonly publicRows: readonly number[];
  readonly privateRows: readonly number[];
  readonly zoneHeader: number;
  /** Between two rows: where the implicit router's corridor runs. */
  readonly gap: number;
}

/** Columns in which the subnets of one kind of one zone stand. */
function gridColumns(count: number, onlyZone: boolean): number {
  if (onlyZone) return count <= 3 ? Math.max(count, 1) : Math.ceil(Math.sqrt(count));
  return count <= 3 ? 1 : Math.ceil(Math.sqrt(count));
}

/** Puts the subnets of a VPC in a grid: zones are columns, public rows come before private ones. */
export function measureVpc(
  box: TopologyBox,
  subnets: readonly TopologyBox[],
  zoneBoxes: readonly TopologyBox[],
  membersOf: (subnet: string) => readonly TopologyNode[],
  folded: ReadonlySet<string>,
  room?: number,
  clustersOf: (subnet: string) => readonly MeasuredCluster[] = () => [],
): MeasuredVpc {
  const zoneName = (subnet: TopologyBox): string => subnet.zone ?? zoneBoxes.find((zone) => zone.id === subnet.parent)?.name ?? "";
  const names = [...new Set(subnets.map(zoneName))].sort();
  const cells: Cell[] = [];
  const zones: Zone[] = [];
  let column = 0;
  for (const name of names) {
    let columnCount = 1;
    for (const isPublic of [true, false]) {
      const group = subnets.filter((subnet) => zoneName(subnet) === name && (subnet.isPublic ?? false) === isPublic);
      const columns = gridColumns(group.length, names.length === 1);
      columnCount = Math.max(columnCount, columns);
      group.forEach((subnet, index) => {
        const content = measureSubnet(subnet, membersOf(subnet.id), folded.has(subnet.id), room, clustersOf(subnet.id));
        cells.push({ content, column: column + (index % columns), row: Math.floor(index / columns), isPublic });
      });
    }
    zones.push({ name, box: zoneBoxes.find((zone) => zone.name === name), firstColumn: column, columnCount });
    column += columnCount;
  }
  const columnWidths = Array.from({ length: column }, (_, index) =>
    Math.max(0, ...cells.filter((cell) => cell.column === index).map((cell) => cell.content.width)),
  );
  const inner = columnWidths.reduce((sum, width) => sum + width, 0) + Math.max(0, column - 1) * sizes.vpcPadding;
  const header = sansWidth(box.name) + monoWidth(box.cidr ?? "") + 60;
  return { box, cells, zones, columnWidths, width: Math.max(inner, header, 190) + 2 * sizes.vpcPadding };
}

/** The row heights that all VPCs of one line share. */
export function alignBands(vpcs: readonly MeasuredVpc[], gap: number = sizes.bandGap): Bands {
  const heights = (isPublic: boolean): number[] => {
    const cells = vpcs.flatMap((vpc) => vpc.cells).filter((cell) => cell.isPublic === isPublic);
    const rows = Math.max(0, ...cells.map((cell) => cell.row + 1));
    return Array.from({ length: rows }, (_, row) => Math.max(...cells.filter((cell) => cell.row === row).map((cell) => cell.content.height)));
  };
  return { publicRows: heights(true), privateRows: heights(false), zoneHeader: vpcs.some((vpc) => vpc.zones.length > 1) ? sizes.zoneHeader : 0, gap };
}

/** Height of a VPC with these bands. */
export function vpcHeight(bands: Bands): number {
  const rows = [...bands.publicRows, ...bands.privateRows];
  const inner = rows.reduce((sum, height) => sum + height, 0) + Math.max(0, rows.length - 1) * bands.gap;
  return sizes.vpcHeader + bands.zoneHeader + Math.max(inner, 60) + sizes.vpcPadding;
}

/** Where the implicit router's corridors run, from the one above the first row to the one below the last. */
export function corridorsOf(top: number, bands: Bands): number[] {
  const rows = [...bands.publicRows, ...bands.privateRows];
  let y = top + sizes.vpcHeader + bands.zoneHeader;
  const corridors = [y - 8];
  for (const height of rows) {
    y += height;
    corridors.push(y + (corridors.length === rows.length ? sizes.vpcPadding / 2 : bands.gap / 2));
    y += bands.gap;
  }
  return corridors;
}

/** Places a measured VPC with its zones, subnets and nodes. */
export function placeVpc(vpc: MeasuredVpc, x: number, y: number, bands: Bands): { boxes: PlacedBox[]; nodes: PlacedNode[] } {
  const corridors = corridorsOf(y, bands);
  const frame: Rectangle = { x, y, width: vpc.width, height: vpcHeight(bands) };
  const boxes: PlacedBox[] = [{ id: vpc.box.id, kind: "vpc", parent: undefined, folded: undefined, corridors, ...frame }];
  const nodes: PlacedNode[] = [];
  const spare = (vpc.width - 2 * sizes.vpcPadding - vpc.columnWidths.reduce((sum, width) => sum + width, 0) - Math.max(0, vpc.columnWidths.length - 1) * sizes.vpcPadding) / Math.max(1, vpc.columnWidths.length);
  const columnX: number[] = [];
  let left = x + sizes.vpcPadding;
  for (const width of vpc.columnWidths) {
    columnX.push(left);
    left += width + spare + sizes.vpcPadding;
  }
  const widthOf = (column: number): number => (vpc.columnWidths[column] ?? 0) + spare;
  const rows = [...bands.publicRows, ...bands.privateRows];
  const rowY: number[] = [];
  let top = y + sizes.vpcHeader + bands.zoneHeader;
  for (const height of rows) {
    rowY.push(top);
    top += height + bands.gap;
  }
  if (vpc.zones.length > 1) {
    for (const zone of vpc.zones) {
      const last = zone.firstColumn + zone.columnCount - 1;
      const zoneX = (columnX[zone.firstColumn] ?? x) - 6;
      boxes.push({
        id: zone.box?.id ?? `zone:${vpc.box.id}:${zone.name}`,
        kind: "zone", parent: vpc.box.id, folded: undefined, corridors: [],
        // Below the VPC's own title, whose letters end some 10 px above.
        x: zoneX, y: y + sizes.vpcHeader - 6,
        width: (columnX[last] ?? x) + widthOf(last) + 6 - zoneX,
        height: frame.height - sizes.vpcHeader,
      });
    }
  }
  for (const cell of vpc.cells) {
    const band = cell.isPublic ? cell.row : bands.publicRows.length + cell.row;
    // A subnet takes the columns to its right that nothing of its row needs, so that a lone one is as wide as its neighbours above.
    const zone = vpc.zones.find((candidate) => cell.column >= candidate.firstColumn && cell.column < candidate.firstColumn + candidate.columnCount);
    const taken = vpc.cells.filter((other) => other !== cell && other.isPublic === cell.isPublic && other.row === cell.row && other.column > cell.column).map((other) => other.column);
    const end = Math.min((zone ? zone.firstColumn + zone.columnCount : cell.column + 1) - 1, ...taken.map((column) => column - 1));
    const box: PlacedBox = {
      id: cell.content.box.id, kind: "subnet", parent: vpc.box.id,
      folded: cell.content.folded ? cell.content.nodes.length : undefined,
      corridors: [corridors[band] ?? y, corridors[band + 1] ?? y],
      x: columnX[cell.column] ?? x, y: rowY[band] ?? y,
      width: (columnX[end] ?? x) + widthOf(end) - (columnX[cell.column] ?? x),
      height: rows[band] ?? cell.content.height,
    };
    boxes.push(box);
    nodes.push(...placeMembers(cell.content, box));
    let below = box.y + sizes.subnetHeader + (cell.content.nodes.length === 0 ? 0 : Math.ceil(cell.content.nodes.length / cell.content.columns) * sizes.rowPitch - 4);
    for (const cluster of cell.content.clusters) {
      const placed = placeCluster(cluster, box.id, box.x + clusterGap, below, box.width - 2 * clusterGap);
      boxes.push(...placed.boxes);
      nodes.push(...placed.nodes);
      below += cluster.height + clusterGap;
    }
  }
  return { boxes, nodes };
}

function placeMembers(content: SubnetContent, box: PlacedBox): PlacedNode[] {
  if (content.folded) return [];
  const pitch = box.width / content.columns;
  return content.nodes.map((node, index) => {
    const offset = nodeOffset(content, index, box.width);
    const half = Math.max(sizes.node, labelWidth(node)) / 2;
    return {
      id: node.id, shape: "square", labelSide: "below", labelWidth: pitch - 8,
      x: box.x + offset.x, y: box.y + offset.y, row: offset.row, lastRow: offset.lastRow, pitch, box: box.id,
      bounds: {
        x: box.x + half + 4, width: Math.max(0, box.width - 2 * half - 8),
        y: box.y + sizes.subnetHeader + sizes.node / 2, height: Math.max(0, box.height - sizes.subnetHeader - sizes.node / 2 - sizes.labelDepth + 8),
      },
    };
  });
}
