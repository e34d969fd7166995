/** The agreed teams, as the frame's read has them: no screen reads them for itself. */
import { type Answer, type Fault, useRead } from '../api/index.ts';

type Me = Answer<'/me'>;
export type NamedTeam = Me['all_teams'][number];

interface Teams {
  teams: readonly NamedTeam[];
  /** The reader's own team, or else the first one; undefined until it is known, or if there is none. */
  own: string | undefined;
  /** Those on whose rosters the reader is. */
  mine: readonly NamedTeam[];
  known: boolean;
  fault: Fault | undefined;
  loading: boolean;
  again: () => void;
}

/** Reads the teams of a department, or of both. */
export function useTeams(department?: NamedTeam['department']): Teams {
  const { data, fault, loading, again } = useRead('/me', {}, 60_000);
  const teams = data?.all_teams.filter((each) => !department || each.department === department) ?? [];
  const mine = teams.filter((each) => data?.teams.some((place) => place.team === each.team));
  return { teams, own: (mine[0] ?? teams[0])?.team, mine, known: !!data, fault, loading, again };
}
