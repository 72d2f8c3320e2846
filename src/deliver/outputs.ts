import { formatAuthentication } from '../report/delivery.ts';
import type { Report } from '../report/report.ts';

/** The outputs that only the delivery check has, in the order of the documentation, with what they mean. */
export const DELIVERY_OUTPUTS = {
  'accept-ms':
    'Time from connecting until the server had accepted the message, in whole milliseconds; empty if it did not.',
  'arrival-ms': 'Time from then until the message was seen in the mailbox, in whole milliseconds; empty if it was not.',
  'delivery-folder': 'Folder that the message arrived in; empty if it did not.',
  'delivery-authentication':
    'What the receiver in `authserv-id` says about the sender, such as `spf=pass dkim=pass dmarc=pass`; empty if nothing is known.',
} as const;

type DeliveryOutputs = Readonly<Record<keyof typeof DELIVERY_OUTPUTS, string>>;

export const INITIAL_DELIVERY_OUTPUTS: DeliveryOutputs = {
  'accept-ms': '',
  'arrival-ms': '',
  'delivery-folder': '',
  'delivery-authentication': '',
};

export function deliveryOutputs({ targets: [first] }: Report): DeliveryOutputs {
  const delivery = first?.delivery;
  if (!delivery) return INITIAL_DELIVERY_OUTPUTS;
  const { acceptMs, arrivalMs, folder } = delivery;
  return {
    'accept-ms': acceptMs === null ? '' : String(acceptMs),
    'arrival-ms': arrivalMs === null ? '' : String(arrivalMs),
    'delivery-folder': folder ?? '',
    'delivery-authentication': formatAuthentication(delivery),
  };
}
