/** Where Bedrock Runtime is offered, and what the name of a Region may look like. Both are facts of AWS and change without notice. */

/**
 * Regions with an endpoint of Bedrock Runtime, the most used first, for choosing one; others can be typed. Source: Amazon Bedrock user guide, "Regional
 * availability by endpoints" (Bedrock Runtime is in every Region that has Bedrock), AWS General Reference, "Amazon Bedrock endpoints", and the table of
 * endpoints of botocore 1.43.107, read 2026-11. Those of the isolated partitions, which no other network reaches, are left out.
 */
export const bedrockRegions: readonly string[] = [
  'us-east-1',
  'us-west-2',
  'us-east-2',
  'us-west-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-central-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ap-east-2',
  'ca-central-1',
  'ca-west-1',
  'sa-east-1',
  'mx-central-1',
  'af-south-1',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'eusc-de-east-1',
];

/** When the list was compared with its sources. */
export const regionsChecked = '2026-11';

/** The patterns of all partitions together: aws, aws-cn, aws-us-gov, aws-eusc and the four aws-iso. Source: partitions of the AWS SDK, 2026-11. */
const pattern =
  /^(?:(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-[a-z]+-\d+|us-gov-[a-z]+-\d+|eusc-de-[a-z]+-\d+|us-iso[bf]?-[a-z]+-\d+|eu-isoe-[a-z]+-\d+)$/;

/** Can it be the name of a Region, of any partition? Nothing else gets into an address. */
export const isRegion = (name: string): boolean => pattern.test(name);
