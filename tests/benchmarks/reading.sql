-- One content export of Instagram into a typed table. The scanner that reads in parallel refuses
-- quoted cells with lines of their own, which captions have.
create table post as
from read_csv(
    getvariable('file'),
    header = true,
    parallel = getvariable('is_parallel'),
    timestampformat = '%m/%d/%Y %H:%M',
    columns = {
        'post_id': 'VARCHAR',
        'account_id': 'VARCHAR',
        'username': 'VARCHAR',
        'account_name': 'VARCHAR',
        'description': 'VARCHAR',
        'duration_s': 'DOUBLE',
        'published': 'TIMESTAMP',
        'permalink': 'VARCHAR',
        'post_type': 'VARCHAR',
        'data_comment': 'VARCHAR',
        'date': 'VARCHAR',
        'views': 'BIGINT',
        'reach': 'BIGINT',
        'likes': 'BIGINT',
        'shares': 'BIGINT',
        'follows': 'BIGINT',
        'comments': 'BIGINT',
        'saves': 'BIGINT'
    }
);
