import type { Locator, Page } from "playwright";

type KeyType = "Production" | "Sandbox";
type EndpointType = "None" | "Failover" | "Load Balanced" | "Tiered";

/** The Endpoints page of an API, by the labels that its users read. */
export class EndpointsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async goto(apiId: string): Promise<void> {
    await this.page.goto(`/apis/${apiId}/endpoints`);
    await this.saveButton.waitFor();
  }

  get form(): Locator {
    return this.page.getByRole("form", { name: "Endpoints" });
  }

  get saveButton(): Locator {
    return this.form.getByRole("button", { name: "SAVE" });
  }

  /** What the bar at the bottom says, such as "Live on 1 of 1 gateway after 0.21 s". */
  get status(): Locator {
    return this.form.getByRole("status").last();
  }

  /** The field above the groups; of a group it shows the first endpoint. */
  primaryUrl(keyType: KeyType): Locator {
    return this.form.getByRole("textbox", { name: `${keyType} Endpoint` });
  }

  enabledBox(keyType: KeyType): Locator {
    return this.form.getByRole("checkbox", { name: `${keyType} Endpoint` });
  }

  get groupConfigurations(): Locator {
    return this.form.getByRole("button", { name: /^Load balance and Failover Configurations/ });
  }

  /** Opens the accordion, whatever it is now. */
  async expandGroupConfigurations(): Promise<void> {
    if ((await this.groupConfigurations.getAttribute("aria-expanded")) !== "true") {
      await this.groupConfigurations.click();
    }
    await this.endpointType.waitFor();
  }

  get endpointType(): Locator {
    return this.form.getByRole("combobox", { name: "Endpoint Type" });
  }

  async chooseEndpointType(type: EndpointType): Promise<void> {
    await this.expandGroupConfigurations();
    await this.endpointType.click();
    await this.page.getByRole("option", { name: type, exact: true }).click();
  }

  /** The section of one key type, by its heading: Loadbalanced, Failover or Tiered. */
  group(keyType: KeyType): Locator {
    return this.form.getByRole("region", { name: new RegExp(`^${keyType} (Loadbalanced|Failover|Tiered) Endpoints$`) });
  }

  newUrl(keyType: KeyType): Locator {
    return this.group(keyType).getByRole("textbox", { name: "Service URL" }).first();
  }

  async addEndpoint(keyType: KeyType, url: string): Promise<void> {
    await this.newUrl(keyType).fill(url);
    await this.group(keyType).getByRole("button", { name: "Add endpoint" }).click();
  }

  /** One pool of a tiered group: "Primary pool", "Backup pool 1". */
  pool(keyType: KeyType, name: string): Locator {
    return this.group(keyType).getByRole("region", { name, exact: true });
  }

  async addToPool(keyType: KeyType, name: string, url: string): Promise<void> {
    await this.pool(keyType, name).getByRole("textbox", { name: "Service URL" }).first().fill(url);
    await this.pool(keyType, name)
      .getByRole("button", { name: `Add endpoint to ${name}` })
      .click();
  }

  /** The URLs of each pool, in order, as "a b | c". */
  async poolUrls(keyType: KeyType): Promise<string> {
    const pools = await this.group(keyType).getByRole("region", { name: /pool/ }).all();
    const lists = pools.map(async (pool) => {
      const fields = await pool.getByRole("listitem").getByRole("textbox", { name: "Service URL" }).all();
      return (await Promise.all(fields.map((field) => field.inputValue()))).join(" ");
    });
    return (await Promise.all(lists)).join(" | ");
  }

  /** What a group's rows share, as it is shown: "66.7 % of calls". */
  share(keyType: KeyType, position: number): Locator {
    return this.member(keyType, position).getByText(/% of (calls|pool)$/);
  }

  weight(keyType: KeyType, position: number): Locator {
    return this.member(keyType, position).getByRole("textbox", { name: "Weight" });
  }

  async openFailoverAndHealth(): Promise<Locator> {
    await this.form.getByRole("button", { name: "Failover and Health Configurations" }).click();
    return this.dialog("Failover and Health Configurations");
  }

  /** The rows of a group, in order. */
  members(keyType: KeyType): Locator {
    return this.group(keyType).getByRole("listitem");
  }

  /** Row at a position, counted from 1 as on the page. */
  member(keyType: KeyType, position: number): Locator {
    return this.members(keyType).nth(position - 1);
  }

  memberUrl(keyType: KeyType, position: number): Locator {
    return this.member(keyType, position).getByRole("textbox", { name: "Service URL" });
  }

  /** The URLs of a group, in order. */
  async memberUrls(keyType: KeyType): Promise<string[]> {
    const fields = await this.members(keyType).getByRole("textbox", { name: "Service URL" }).all();
    return Promise.all(fields.map((field) => field.inputValue()));
  }

  async deleteMember(keyType: KeyType, position: number): Promise<void> {
    await this.member(keyType, position).getByRole("button", { name: "Delete endpoint" }).click();
  }

  /** The handle that drags, and that takes the keys of a row. */
  handle(keyType: KeyType, position: number): Locator {
    return this.member(keyType, position).getByRole("button", { name: `Move endpoint ${position}` });
  }

  async openLoadBalanceConfigurations(): Promise<Locator> {
    await this.form.getByRole("button", { name: "Load Balance Configurations" }).click();
    return this.dialog("Load Balance Configurations");
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole("dialog", { name });
  }

  async save(): Promise<void> {
    await this.saveButton.click();
  }

  /** Saves and waits until the page says that every gateway serves it. */
  async saveAndWaitUntilLive(): Promise<void> {
    await this.save();
    await this.form.getByText(/^Live on (\d+) of \1 gateways? after/).waitFor();
  }
}
